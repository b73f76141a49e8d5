package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.javacpp.BytePointer;

/**
 * Whether the units inside an H.264 or HEVC packet fill it exactly.
 *
 * <p>In MP4 and Matroska each unit is preceded by its length. Where the lengths do not add up the
 * packet is damaged and may decode to nothing, which an index of packets must know beforehand.
 *
 * @param bytes width of a length field, 0 where packets have none
 */
record NalLengths(int bytes) {

  static NalLengths of(AVCodecParameters parameters) {
    int codec = parameters.codec_id();
    // ISO/IEC 14496-15: lengthSizeMinusOne is byte 4 of avcC and byte 21 of hvcC.
    int at = codec == AV_CODEC_ID_H264 ? 4 : codec == AV_CODEC_ID_HEVC ? 21 : -1;
    BytePointer configuration = parameters.extradata();
    if (at < 0 || parameters.extradata_size() <= at || configuration.get(0) != 1) {
      return new NalLengths(0);
    }
    return new NalLengths((configuration.get(at) & 3) + 1);
  }

  boolean addUp(AVPacket packet) {
    if (bytes == 0) {
      return true;
    }
    BytePointer data = packet.data();
    int size = packet.size();
    long at = 0;
    while (at < size) {
      if (at + bytes > size) {
        return false;
      }
      long length = 0;
      for (int i = 0; i < bytes; i++) {
        length = length << 8 | (data.get(at + i) & 0xff);
      }
      if (length == 0) {
        return false;
      }
      at += bytes + length;
    }
    return at == size;
  }
}
