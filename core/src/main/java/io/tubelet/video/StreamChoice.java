package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * Which of a file's video streams is read; cover pictures do not count.
 *
 * @param number from 0; that of {@link #BEST} is none
 */
public record StreamChoice(int number) {

  /**
   * The stream that the file marks as its default; of several, or without a mark, the one with the
   * largest pictures; of those the first.
   */
  public static final StreamChoice BEST = new StreamChoice(-1);

  private static final String BEST_WORD = "best";

  private static final int MOST = 1000;

  public StreamChoice {
    if (number < -1 || number > MOST) {
      throw refusal(String.valueOf(number));
    }
  }

  /** Reads {@code best} or a number. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static StreamChoice parse(String text) {
    if (text.strip().equals(BEST_WORD)) {
      return BEST;
    }
    try {
      return of(Integer.parseInt(text.strip()));
    } catch (NumberFormatException e) {
      throw refusal(text);
    }
  }

  /** The stream of this number. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static StreamChoice of(int number) {
    if (number < 0) {
      throw refusal(String.valueOf(number));
    }
    return new StreamChoice(number);
  }

  private static IllegalArgumentException refusal(String given) {
    return new IllegalArgumentException(
        "open.stream must be best or a number from 0 to %d, got %s".formatted(MOST, given));
  }

  /** The stream's number among all streams of a file, sound and subtitles included. */
  int in(AVFormatContext format, Path file) throws VideoException {
    List<Integer> videos =
        IntStream.range(0, format.nb_streams())
            .filter(i -> isVideo(format.streams(i)) && !isCover(format.streams(i)))
            .boxed()
            .toList();
    if (videos.isEmpty()) {
      boolean cover =
          IntStream.range(0, format.nb_streams()).anyMatch(i -> isVideo(format.streams(i)));
      throw new VideoException(
          file,
          cover
              ? "has no video stream, only a cover picture"
              : "has no video stream (%d streams in all)".formatted(format.nb_streams()));
    }
    if (this.equals(BEST)) {
      return videos.stream()
          .max(
              Comparator.comparing((Integer i) -> isDefault(format.streams(i)))
                  .thenComparing(i -> pixels(format.streams(i))))
          .orElseThrow();
    }
    if (number >= videos.size()) {
      throw new VideoException(
          file,
          "has %d video streams, no stream %d counted from 0".formatted(videos.size(), number));
    }
    return videos.get(number);
  }

  private static boolean isVideo(AVStream stream) {
    return stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO;
  }

  private static boolean isCover(AVStream stream) {
    return (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
  }

  private static boolean isDefault(AVStream stream) {
    return (stream.disposition() & AV_DISPOSITION_DEFAULT) != 0;
  }

  private static long pixels(AVStream stream) {
    AVCodecParameters parameters = stream.codecpar();
    return (long) parameters.height() * parameters.width();
  }

  /** {@code best} or the number. */
  @JsonValue
  @Override
  public String toString() {
    return this.equals(BEST) ? BEST_WORD : String.valueOf(number);
  }
}
