package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.av_d2q;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * A kind of file that can be written.
 *
 * @param container FFmpeg's name of it
 * @param pictureFormat pixel format that RGB is converted to
 * @param pixelFormat what its encoders take; where it differs, a palette stands between
 * @param encoders to be tried in this order
 */
record VideoEncoding(String container, int pictureFormat, int pixelFormat, List<String> encoders) {

  private static final VideoEncoding GIF =
      new VideoEncoding("gif", AV_PIX_FMT_RGB24, AV_PIX_FMT_PAL8, List.of("gif"));

  private static final String OPENH264 = "libopenh264";

  /** It starts with smaller pictures, and then cannot encode them. */
  private static final int OPENH264_LEAST = 16;

  /** Denominators stay below what MPEG-4 part 2 can write. */
  private static final int LARGEST_TERM = 60_000;

  /** MPEG-4 part 2 counts coarseness to 31 where H.264 counts to 51. */
  private static final int MPEG4_COARSEST = 31;

  private static VideoEncoding mp4(VideoCodec codec) {
    return new VideoEncoding("mp4", codec.pixelFormat(), codec.pixelFormat(), codec.encoders());
  }

  /** By the extension of {@code file}, whose pictures have this size. */
  static VideoEncoding of(Path file, int height, int width, VideoCodec codec)
      throws VideoException {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".gif")) {
      return GIF;
    }
    if (!name.endsWith(".mp4")) {
      throw new VideoException(file, "cannot be written: the name must end in .mp4 or .gif");
    }
    if (height % 2 != 0 || width % 2 != 0) {
      throw new VideoException(
          file,
          "cannot be written: MP4 needs even sides, got %d x %d (width x height)"
              .formatted(width, height));
    }
    return mp4(codec);
  }

  boolean needsPalette() {
    return pixelFormat == AV_PIX_FMT_PAL8;
  }

  /** Starts the first encoder that this FFmpeg build has and that takes these sizes. */
  AVCodecContext start(
      Path file, int height, int width, EncodeOptions options, boolean globalHeader)
      throws VideoException {
    for (String name : encoders) {
      AVCodec encoder = avcodec_find_encoder_by_name(name);
      if (encoder == null || (name.equals(OPENH264) && Math.min(height, width) < OPENH264_LEAST)) {
        continue;
      }
      AVCodecContext codec = Ffmpeg.allocated(avcodec_alloc_context3(encoder), "an encoder");
      configure(codec, height, width, options);
      if (globalHeader) {
        codec.flags(codec.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
      }
      if (avcodec_open2(codec, encoder, (AVDictionary) null) >= 0) {
        return codec;
      }
      avcodec_free_context(codec);
    }
    throw new VideoException(
        file,
        "cannot be written: none of %s takes pictures of %d x %d"
            .formatted(encoders, width, height));
  }

  private void configure(AVCodecContext codec, int height, int width, EncodeOptions options) {
    try (AVRational rate = av_d2q(options.fps(), LARGEST_TERM);
        AVRational tick = new AVRational().num(rate.den()).den(rate.num())) {
      codec.framerate(rate);
      codec.time_base(tick);
    }
    codec.height(height);
    codec.width(width);
    codec.pix_fmt(pixelFormat);
    codec.gop_size(options.gop());
    codec.max_b_frames(0);
    codec.thread_count(1); // the same bytes on every machine
    if (!needsPalette()) {
      codec.colorspace(AVCOL_SPC_SMPTE170M);
      codec.color_range(pixelFormat == AV_PIX_FMT_YUVJ420P ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG);
      boolean h264 = codec.codec().name().getString().equals(OPENH264);
      int quantizer =
          h264 ? options.quantizer() : Math.max(1, options.quantizer() * MPEG4_COARSEST / 51);
      codec.qmin(quantizer); // both ends: the same coarseness for every picture
      codec.qmax(quantizer);
    }
  }
}
