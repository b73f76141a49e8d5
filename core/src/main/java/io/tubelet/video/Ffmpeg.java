package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_DECODER_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import io.tubelet.shards.ByteRange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** FFmpeg's names and return codes; loading this class silences its log. */
final class Ffmpeg {
  static {
    // Every failure reaches the caller as an exception; the log would say it again on stderr.
    av_log_set_level(AV_LOG_QUIET);
  }

  private Ffmpeg() {}

  /** Returns {@code code} unless it is an error. */
  static int check(int code, Path file, String action) throws VideoException {
    if (code < 0) {
      throw new VideoException(file, action + ": " + reason(code));
    }
    return code;
  }

  /** The name under which FFmpeg finds {@code file}, whatever characters it has. */
  static BytePointer url(Path file) {
    return new BytePointer(
        ("file:" + file.toAbsolutePath() + '\0').getBytes(StandardCharsets.UTF_8));
  }

  /** The name under which FFmpeg finds a part of a file as if it were a file. */
  static BytePointer url(ByteRange part) {
    String url =
        "subfile,,start,%d,end,%d,,:file:%s\0"
            .formatted(part.offset(), part.offset() + part.bytes(), part.file().toAbsolutePath());
    return new BytePointer(url.getBytes(StandardCharsets.UTF_8));
  }

  /** Gives up with a clear message where native memory ran out. */
  static <T> T allocated(@Nullable T pointer, String what) {
    if (pointer == null) {
      throw new OutOfMemoryError("FFmpeg could not allocate " + what);
    }
    return pointer;
  }

  /** One line for a negative return code. */
  static String reason(int code) {
    if (code == AVERROR_INVALIDDATA) {
      return "not a video, or damaged";
    }
    if (code == AVERROR_DECODER_NOT_FOUND) {
      return "no decoder for it in this FFmpeg build";
    }
    byte[] text = new byte[256];
    av_strerror(code, text, text.length);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }
}
