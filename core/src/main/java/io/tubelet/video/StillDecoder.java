package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_BMP;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PNG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_WEBP;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Pictures of single files. Which kind a file is, its first bytes say, not its name. */
final class StillDecoder implements AutoCloseable {
  private static final long MOST_FILE_BYTES = 1 << 28;

  private final long maxPixels;
  private final Map<Integer, AVCodecContext> codecs = new HashMap<>();
  private final AVPacket packet = Ffmpeg.allocated(av_packet_alloc(), "a packet");
  private final AVFrame frame = Ffmpeg.allocated(av_frame_alloc(), "a frame");

  /** Refuses pictures of more than {@code maxPixels}. */
  StillDecoder(long maxPixels) {
    this.maxPixels = maxPixels;
  }

  /** The picture of a file, valid until the next call. */
  AVFrame decode(Path file) throws VideoException {
    byte[] bytes = read(file);
    AVCodecContext codec = codec(kind(file, bytes), file);
    av_packet_unref(packet);
    Ffmpeg.check(av_new_packet(packet, bytes.length), file, "no memory for a picture");
    packet.data().put(bytes);
    packet.flags(AV_PKT_FLAG_KEY); // without it a PNG counts as the difference to the one before
    Ffmpeg.check(avcodec_send_packet(codec, packet), file, "cannot be decoded");
    Ffmpeg.check(avcodec_receive_frame(codec, frame), file, "cannot be decoded");
    return frame;
  }

  /** FFmpeg's short name of a file's kind. */
  static String codecName(Path file) throws VideoException {
    return avcodec_get_name(kind(file, read(file))).getString();
  }

  private static byte[] read(Path file) throws VideoException {
    try {
      if (Files.size(file) > MOST_FILE_BYTES) {
        throw new VideoException(file, "has more than %d bytes".formatted(MOST_FILE_BYTES));
      }
      return Files.readAllBytes(file);
    } catch (VideoException tooLarge) {
      throw tooLarge;
    } catch (IOException unreadable) {
      throw new VideoException(file, "cannot be read: " + unreadable.getMessage());
    }
  }

  private static int kind(Path file, byte[] bytes) throws VideoException {
    int codec = AV_CODEC_ID_NONE;
    if (begins(bytes, 0, "\u00ff\u00d8\u00ff")) {
      codec = AV_CODEC_ID_MJPEG;
    } else if (begins(bytes, 0, "\u0089PNG")) {
      codec = AV_CODEC_ID_PNG;
    } else if (begins(bytes, 0, "RIFF") && begins(bytes, 8, "WEBP")) {
      codec = AV_CODEC_ID_WEBP;
    } else if (begins(bytes, 0, "BM")) {
      codec = AV_CODEC_ID_BMP;
    }
    if (codec == AV_CODEC_ID_NONE) {
      throw new VideoException(file, "is no JPEG, PNG, WebP or BMP picture");
    }
    return codec;
  }

  private static boolean begins(byte[] bytes, int at, String mark) {
    byte[] wanted = mark.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < wanted.length; i++) {
      if (at + i >= bytes.length || bytes[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private AVCodecContext codec(int id, Path file) throws VideoException {
    AVCodecContext known = codecs.get(id);
    if (known != null) {
      return known;
    }
    AVCodec decoder = avcodec_find_decoder(id);
    AVCodecContext codec = Ffmpeg.allocated(avcodec_alloc_context3(decoder), "a decoder");
    codecs.put(id, codec); // freed by close whatever follows
    codec.thread_count(1);
    codec.max_pixels(maxPixels);
    Ffmpeg.check(
        avcodec_open2(codec, decoder, (AVDictionary) null), file, "its decoder cannot be started");
    return codec;
  }

  @Override
  public void close() {
    codecs.values().forEach(codec -> avcodec_free_context(codec));
    codecs.clear();
    av_frame_free(frame);
    av_packet_free(packet);
  }
}
