package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;

import java.util.List;

/** How the pictures of an MP4 are compressed. */
public enum VideoCodec {
  /** H.264, or MPEG-4 where the FFmpeg build lacks its encoder or the pictures are tiny. */
  AUTO(AV_PIX_FMT_YUV420P, "libopenh264 mpeg4"),
  /** Small files; a frame is found by decoding no more than its group. */
  H264(AV_PIX_FMT_YUV420P, "libopenh264"),
  /** MPEG-4 part 2, which every build writes; reading it means decoding from the start. */
  MPEG4(AV_PIX_FMT_YUV420P, "mpeg4"),
  /** Motion JPEG: every frame by itself, quickest at random places, by far the largest files. */
  MJPEG(AV_PIX_FMT_YUVJ420P, "mjpeg");

  private final int pixelFormat;
  private final String encoders;

  VideoCodec(int pixelFormat, String encoders) {
    this.pixelFormat = pixelFormat;
    this.encoders = encoders;
  }

  int pixelFormat() {
    return pixelFormat;
  }

  /** FFmpeg's names, to be tried in this order. */
  List<String> encoders() {
    return List.of(encoders.split(" "));
  }
}
