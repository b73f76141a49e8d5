package io.tubelet.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tubelet.clip.Frames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file of a folder of awkward videos against its {@code expected.json}.
 *
 * <p>The folder is {@code -Dtubelet.zoo=DIR}, by default {@code ../shared/data/codec-zoo}.
 */
class CodecZooTest {
  private static final double MEAN_TOLERANCE = 4; // of 255, as the folder's README asks
  private static final int WINDOW = 8;

  /** The stream that the expectations are of. */
  static final OpenOptions FIRST = OpenOptions.DEFAULT.withStream(StreamChoice.of(0));

  @TestFactory
  List<DynamicTest> everyFile_isReadAsExpected() throws IOException {
    Path zoo = folder();
    assumeTrue(Files.exists(zoo.resolve("expected.json")), "no folder of test videos at " + zoo);
    JsonNode expected = new ObjectMapper().readTree(zoo.resolve("expected.json").toFile());
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode entry : expected.get("files")) {
      Path file = zoo.resolve(entry.get("file").asText());
      tests.add(DynamicTest.dynamicTest(entry.get("file").asText(), () -> check(file, entry)));
    }
    assertThat(tests).isNotEmpty();
    return tests;
  }

  static Path folder() {
    String given = System.getProperty("tubelet.zoo", "");
    return given.isEmpty()
        ? Path.of(System.getProperty("tubelet.root", ".."), "..", "shared", "data", "codec-zoo")
            .normalize()
        : Path.of(given);
  }

  private static void check(Path file, JsonNode entry) throws VideoException {
    switch (entry.get("kind").asText()) {
      case "ok" -> checkWhole(file, entry.get("video"));
      case "damaged" -> checkDamaged(file);
      default -> checkRefused(file);
    }
  }

  private static void checkWhole(Path file, JsonNode video) throws VideoException {
    int frames = video.get("decoded_frames").asInt();
    int turns = video.get("display_clockwise_rotation").asInt() / 90;
    int codedHeight = video.get("height").asInt();
    int codedWidth = video.get("width").asInt();
    try (VideoReader reader = Videos.open(file, DecodeOptions.NATIVE, FIRST)) {
      VideoInfo info = reader.info();
      assertThat(info.frames()).isEqualTo(frames);
      assertThat(info.codec()).isEqualTo(video.get("codec").asText());
      assertThat(info.height()).isEqualTo(turns % 2 == 0 ? codedHeight : codedWidth);
      assertThat(info.width()).isEqualTo(turns % 2 == 0 ? codedWidth : codedHeight);
      assertMean(reader.frames(0), video.get("first_frame_mean_rgb"));
      assertMean(reader.frames(frames - 1), video.get("last_frame_mean_rgb"));
      if (video.hasNonNull("barcode")) {
        assertBarCodes(reader, video.get("barcode"), turns);
      }
    }
    assertSeekingEqualsCounting(file, frames);
    assertScaled(file, codedHeight, codedWidth, turns);
  }

  private static void assertMean(Frames frame, JsonNode mean) {
    double[] sum = new double[3];
    for (int i = 0; i < frame.rgb().length; i++) {
      sum[i % 3] += frame.rgb()[i] & 0xff;
    }
    for (int c = 0; c < 3; c++) {
      assertThat(sum[c] / (frame.height() * frame.width()))
          .as("mean of channel %d", c)
          .isCloseTo(mean.get(c).asDouble(), within(MEAN_TOLERANCE));
    }
  }

  /** Windows at random starts and strides, in random order, then all frames backwards. */
  private static void assertBarCodes(VideoReader reader, JsonNode codes, int turns)
      throws VideoException {
    SplittableRandom rng = new SplittableRandom(codes.size());
    for (int round = 0; round < 6; round++) {
      int stride = rng.nextInt(1, 5);
      int start = rng.nextInt(codes.size());
      int[] window =
          IntStream.range(0, WINDOW)
              .map(i -> Math.min(start + i * stride, codes.size() - 1))
              .toArray();
      assertThat(barCodes(reader.frames(window), turns))
          .as("frames %s", Arrays.toString(window))
          .isEqualTo(IntStream.of(window).map(i -> codes.get(i).asInt()).toArray());
    }
    int[] backwards = IntStream.range(0, codes.size()).map(i -> codes.size() - 1 - i).toArray();
    assertThat(barCodes(reader.frames(backwards), turns))
        .isEqualTo(IntStream.of(backwards).map(i -> codes.get(i).asInt()).toArray());
  }

  /** Eight blocks across the top, one bit each, lowest first; read in the coded orientation. */
  private static int[] barCodes(Frames frames, int turns) {
    int codedWidth = turns % 2 == 0 ? frames.width() : frames.height();
    int codedHeight = turns % 2 == 0 ? frames.height() : frames.width();
    int[] codes = new int[frames.count()];
    for (int t = 0; t < codes.length; t++) {
      for (int bit = 0; bit < 8; bit++) {
        int x = codedWidth * (2 * bit + 1) / 16;
        int y = codedHeight * 7 / 96;
        int row = new int[] {y, x, codedHeight - 1 - y, codedWidth - 1 - x}[turns];
        int column = new int[] {x, codedHeight - 1 - y, codedWidth - 1 - x, y}[turns];
        int at = frames.offset(t) + 3 * (row * frames.width() + column);
        codes[t] |= (frames.rgb()[at + 1] & 0xff) > 127 ? 1 << bit : 0;
      }
    }
    return codes;
  }

  private static void assertSeekingEqualsCounting(Path file, int frames) throws VideoException {
    SplittableRandom rng = new SplittableRandom(frames);
    try (VideoReader seeking = Videos.open(file, DecodeOptions.NATIVE, FIRST);
        VideoReader counting = Counting.open(file, FIRST)) {
      assertThat(seeking.info()).isEqualTo(counting.info());
      for (int round = 0; round < 3; round++) {
        int start = rng.nextInt(frames);
        int[] window =
            IntStream.range(0, WINDOW).map(i -> Math.min(start + 2 * i, frames - 1)).toArray();
        assertThat(Arrays.equals(seeking.frames(window).rgb(), counting.frames(window).rgb()))
            .as("frames %s", Arrays.toString(window))
            .isTrue();
      }
    }
  }

  private static void assertScaled(Path file, int codedHeight, int codedWidth, int turns)
      throws VideoException {
    int shortSide = 50;
    int height = codedHeight <= codedWidth ? shortSide : shortSide * codedHeight / codedWidth;
    int width = codedWidth <= codedHeight ? shortSide : shortSide * codedWidth / codedHeight;
    try (VideoReader reader = Videos.open(file, new DecodeOptions(shortSide), FIRST)) {
      Frames frames = reader.frames(0);
      assertThat(frames.height()).isEqualTo(turns % 2 == 0 ? height : width);
      assertThat(frames.width()).isEqualTo(turns % 2 == 0 ? width : height);
    }
  }

  /** All that decodes is there; what was promised and does not decode is refused in words. */
  private static void checkDamaged(Path file) throws VideoException {
    try (VideoReader reader = Videos.open(file, DecodeOptions.NATIVE, FIRST)) {
      int promised = reader.info().frames();
      Frames all = reader.frames(IntStream.range(0, promised).toArray());
      assertThat(all.count()).isEqualTo(Counting.frames(file));
    } catch (VideoException refused) {
      assertThat(refused.reason()).isNotBlank().doesNotContain("\n");
    }
  }

  private static void checkRefused(Path file) {
    assertThatThrownBy(() -> Videos.open(file, DecodeOptions.NATIVE, FIRST).close())
        .isInstanceOfSatisfying(
            VideoException.class,
            refused -> {
              assertThat(refused.reason()).isNotBlank().doesNotContain("\n");
              assertThat(refused).hasMessageStartingWith(file.toString());
            });
  }
}
