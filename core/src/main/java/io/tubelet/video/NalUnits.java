package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.javacpp.BytePointer;

/**
 * Whether the units inside a packet of H.264 or HEVC look whole.
 *
 * <p>In MP4 and Matroska each unit is preceded by its length. Where the lengths do not fill the
 * packet, or no unit is a slice of a picture, the packet is damaged and may decode to nothing; an
 * index of packets must know that beforehand.
 *
 * @param lengthBytes width of a length field
 */
record NalUnits(Kind kind, int lengthBytes) {

  enum Kind {
    /** Other codecs, or units that are not preceded by their length: nothing is checked. */
    NONE {
      @Override
      boolean isSlice(int header) {
        return true;
      }
    },
    H264 {
      @Override
      boolean isSlice(int header) {
        int type = header & 31; // ITU-T H.264, table 7-1
        return type == 1 || type == 2 || type == 5;
      }
    },
    HEVC {
      @Override
      boolean isSlice(int header) {
        return header >> 1 < 32; // ITU-T H.265, table 7-1
      }
    };

    /** Whether a unit with this first byte holds part of a picture. */
    abstract boolean isSlice(int header);
  }

  static NalUnits of(AVCodecParameters parameters) {
    int codec = parameters.codec_id();
    // ISO/IEC 14496-15: lengthSizeMinusOne is byte 4 of avcC and byte 21 of hvcC.
    int at = codec == AV_CODEC_ID_H264 ? 4 : codec == AV_CODEC_ID_HEVC ? 21 : -1;
    BytePointer configuration = parameters.extradata();
    if (at < 0 || parameters.extradata_size() <= at || configuration.get(0) != 1) {
      return new NalUnits(Kind.NONE, 0);
    }
    Kind kind = codec == AV_CODEC_ID_H264 ? Kind.H264 : Kind.HEVC;
    return new NalUnits(kind, (configuration.get(at) & 3) + 1);
  }

  boolean lookWhole(AVPacket packet) {
    if (kind == Kind.NONE) {
      return true;
    }
    BytePointer data = packet.data();
    int size = packet.size();
    boolean picture = false;
    long at = 0;
    while (at + lengthBytes < size) {
      long length = 0;
      for (int i = 0; i < lengthBytes; i++) {
        length = length << 8 | (data.get(at + i) & 0xff);
      }
      int header = data.get(at + lengthBytes) & 0xff;
      if (length == 0 || header > 0x7f) { // the first bit is always 0
        return false;
      }
      picture |= kind.isSlice(header);
      at += lengthBytes + length;
    }
    return picture && at == size;
  }
}
