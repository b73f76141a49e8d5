package io.tubelet.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tubelet.clip.Frames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideosTest {
  private final Path folder;

  VideosTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 250})
  void frames_randomWindows_equalASequentialDecode(int gop) throws IOException {
    Path file = MovingTexture.write(folder.resolve("clip.mp4"), 90, gop);
    Frames all;
    try (VideoReader counting = Counting.open(file)) {
      all = counting.frames(IntStream.range(0, 90).toArray());
    }
    SplittableRandom rng = new SplittableRandom(gop);
    try (VideoReader reader = Videos.open(file, DecodeOptions.NATIVE)) {
      assertThat(reader.info()).isEqualTo(new VideoInfo(90, 72, 96, 25, "h264"));
      for (int round = 0; round < 40; round++) {
        int start = rng.nextInt(90);
        int stride = rng.nextInt(1, 5);
        int[] window = IntStream.range(0, 8).map(i -> Math.min(start + i * stride, 89)).toArray();
        assertThat(reader.frames(window).rgb()).isEqualTo(pick(all, window));
      }
    }
  }

  @Test
  void frames_unorderedAndRepeated_areDeliveredAsAsked() throws IOException {
    Path file = MovingTexture.write(folder.resolve("clip.mp4"), 30, 12);
    try (VideoReader reader = Videos.open(file, DecodeOptions.NATIVE)) {
      Frames all = reader.frames(IntStream.range(0, 30).toArray());
      int[] asked = {29, 3, 3, 17, 0, 29};
      assertThat(reader.frames(asked).rgb()).isEqualTo(pick(all, asked));
      assertThat(reader.frames().count()).isZero();
    }
  }

  @Test
  void frames_numberOutsideTheVideo_isRefused() throws IOException {
    Path file = MovingTexture.write(folder.resolve("clip.mp4"), 5, 12);
    try (VideoReader reader = Videos.open(file, DecodeOptions.NATIVE)) {
      assertThatThrownBy(() -> reader.frames(5)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> reader.frames(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void frames_afterClose_areRefused() throws IOException {
    VideoReader reader =
        Videos.open(MovingTexture.write(folder.resolve("clip.mp4"), 5, 12), DecodeOptions.NATIVE);
    reader.close();
    reader.close();
    assertThatThrownBy(() -> reader.frames(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void frames_shortSideGiven_scalesTheOtherInProportion() throws IOException {
    Path file = MovingTexture.write(folder.resolve("clip.mp4"), 5, 12); // 96 wide, 72 high
    try (VideoReader half = Videos.open(file, new DecodeOptions(37));
        VideoReader full = Videos.open(file, DecodeOptions.NATIVE)) {
      Frames small = half.frames(2);
      assertThat(small.height()).isEqualTo(37);
      assertThat(small.width()).isEqualTo(49); // 96 * 37 / 72 = 49.3
      assertThat(mean(small)).isCloseTo(mean(full.frames(2)), within(2.0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {90, 180, 270})
  void frames_displayMatrix_turnsThemUpright(int clockwise) throws IOException {
    Path plain = MovingTexture.write(folder.resolve("plain.mp4"), 3, 12);
    Path turned = Files.copy(plain, folder.resolve("turned.mp4"));
    setDisplayMatrix(turned, clockwise);
    try (VideoReader coded = Videos.open(plain, DecodeOptions.NATIVE);
        VideoReader upright = Videos.open(turned, DecodeOptions.NATIVE)) {
      Frames a = coded.frames(1);
      Frames b = upright.frames(1);
      boolean sideways = clockwise != 180;
      assertThat(b.height()).isEqualTo(sideways ? a.width() : a.height());
      assertThat(b.width()).isEqualTo(sideways ? a.height() : a.width());
      int row = 5;
      int column = 60;
      // Where a clockwise turn takes the pixel.
      int toRow = clockwise == 90 ? column : clockwise == 180 ? 71 - row : 95 - column;
      int toColumn = clockwise == 90 ? 71 - row : clockwise == 180 ? 95 - column : row;
      assertThat(pixel(b, toRow, toColumn)).isEqualTo(pixel(a, row, column));
    }
  }

  @Test
  void open_notAVideo_namesFileAndReason() throws IOException {
    refuses(folder.resolve("missing.mp4"), "does not exist");
    refuses(folder, "without numbered pictures");
    refuses(Files.createFile(folder.resolve("zero.mp4")), "is empty");
    refuses(
        Files.writeString(folder.resolve("text.mp4"), "not a video\n".repeat(99)), "not a video");
    refuses(Files.writeString(folder.resolve("notes.txt"), "not a video\n".repeat(99)), "video");
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.SECONDS)
  void open_namedPipe_isRefusedWithoutWaiting() throws Exception {
    Path pipe = folder.resolve("pipe.mp4");
    boolean made;
    try {
      made = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    } catch (IOException noSuchCommand) {
      made = false;
    }
    assumeTrue(made, "this system makes no named pipes");
    refuses(pipe, "is not a regular file");
  }

  @Test
  void open_truncatedCopy_servesWhatDecodes() throws IOException {
    Path file = MovingTexture.write(folder.resolve("clip.mp4"), 60, 12);
    Path cut = truncated(file, folder.resolve("cut.mp4"));
    try (VideoReader whole = Videos.open(file, DecodeOptions.NATIVE);
        VideoReader part = Videos.open(cut, DecodeOptions.NATIVE)) {
      int left = part.info().frames();
      assertThat(left).isBetween(10, 50);
      int[] sound = IntStream.range(0, left - 1).toArray(); // the last one may be concealed
      assertThat(part.frames(sound).rgb()).isEqualTo(whole.frames(sound).rgb());
    }
  }

  @Test
  void open_damagedUnit_countsWhatDecodes() throws IOException {
    Path file = MovingTexture.write(folder.resolve("clip.mp4"), 60, 12);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    int unit = indexOf(bytes.array(), "mdat") + 4;
    for (int i = 0; i < 30; i++) {
      unit += 4 + bytes.getInt(unit); // each unit follows its length
    }
    bytes.putInt(unit, 1 << 30);
    Files.write(file, bytes.array());
    int counted = Counting.frames(file);
    assertThat(counted).isBetween(30, 59);
    try (VideoReader reader = Videos.open(file, DecodeOptions.NATIVE)) {
      assertThat(reader.info().frames()).isEqualTo(counted);
      assertThat(reader.frames(counted - 1).count()).isEqualTo(1);
    }
  }

  @Test
  void frames_fileCutAfterOpening_namesTheFrame() throws IOException {
    Path file = MovingTexture.write(folder.resolve("clip.mp4"), 60, 12);
    try (VideoReader reader = Videos.open(file, DecodeOptions.NATIVE)) {
      truncated(file, file);
      assertThatThrownBy(() -> reader.frames(0, 20, 59))
          .isInstanceOf(VideoException.class)
          .hasMessageContaining("clip.mp4: frame")
          .hasMessageContaining("60");
    }
  }

  @Test
  void open_nameWithSpacesAndAccents_isRead() throws IOException {
    Path file = MovingTexture.write(folder.resolve("a clip: 100%d \u00e9.mp4"), 3, 12);
    try (VideoReader reader = Videos.open(file, DecodeOptions.NATIVE)) {
      assertThat(reader.info().frames()).isEqualTo(3);
    }
  }

  @Test
  void frames_manyThreadsEachWithItsReader_areTheSame() throws Exception {
    Path file = MovingTexture.write(folder.resolve("clip.mp4"), 30, 12);
    int[] window = {3, 9, 15, 21};
    byte[] alone;
    try (VideoReader reader = Videos.open(file, DecodeOptions.NATIVE)) {
      alone = reader.frames(window).rgb();
    }
    ExecutorService workers = Executors.newFixedThreadPool(4);
    try {
      Callable<byte[]> task =
          () -> {
            try (VideoReader reader = Videos.open(file, DecodeOptions.NATIVE)) {
              return reader.frames(window).rgb();
            }
          };
      for (Future<byte[]> result : workers.invokeAll(Collections.nCopies(40, task))) {
        assertThat(result.get()).isEqualTo(alone);
      }
    } finally {
      workers.shutdownNow();
    }
  }

  @Test
  void frames_moreThanAnArrayHolds_areRefused() throws IOException {
    Path file = MovingTexture.write(folder.resolve("clip.mp4"), 2, 12);
    try (VideoReader reader = Videos.open(file, new DecodeOptions(4000))) {
      assertThatThrownBy(() -> reader.frames(new int[60]))
          .isInstanceOf(VideoException.class)
          .hasMessageContaining("60 frames");
    }
  }

  @Test
  void open_manyTimes_keepsNoMemory() throws IOException {
    Path good = MovingTexture.write(folder.resolve("clip.mp4"), 16, 12);
    Path bad = Files.writeString(folder.resolve("bad.mp4"), "nothing".repeat(300));
    openOften(good, bad, 100);
    long before = Pointer.physicalBytes();
    openOften(good, bad, 600);
    assertThat(Pointer.physicalBytes() - before).isLessThan(24L << 20);
  }

  private static void openOften(Path good, Path bad, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      try (VideoReader reader = Videos.open(good, new DecodeOptions(64))) {
        reader.frames(i % 16);
      }
      assertThatThrownBy(() -> Videos.open(bad, DecodeOptions.NATIVE))
          .isInstanceOf(VideoException.class);
    }
  }

  private static void refuses(Path file, String reason) {
    assertThatThrownBy(() -> Videos.open(file, DecodeOptions.NATIVE).close())
        .isInstanceOf(VideoException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(reason);
  }

  /** Keeps the header, which must come first, and half of the pictures. */
  private static Path truncated(Path from, Path to) throws IOException {
    byte[] bytes = Files.readAllBytes(from);
    int pictures = indexOf(bytes, "mdat");
    assertThat(indexOf(bytes, "moov")).isLessThan(pictures);
    return Files.write(to, Arrays.copyOf(bytes, (pictures + bytes.length) / 2));
  }

  /** ISO/IEC 14496-12, track header: the matrix is 16.16 fixed point, nine values. */
  private static void setDisplayMatrix(Path file, int clockwise) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int one = 1 << 16;
    int cos = clockwise == 180 ? -one : 0;
    int sin = clockwise == 90 ? one : clockwise == 270 ? -one : 0;
    ByteBuffer.wrap(bytes)
        .position(indexOf(bytes, "tkhd") + 4 + 40)
        .putInt(cos)
        .putInt(sin)
        .putInt(0)
        .putInt(-sin)
        .putInt(cos);
    Files.write(file, bytes);
  }

  private static int indexOf(byte[] bytes, String name) {
    byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i + 4 <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + 4, wanted, 0, 4)) {
        return i;
      }
    }
    throw new AssertionError("no box " + name);
  }

  private static byte[] pick(Frames all, int[] numbers) {
    int size = all.offset(1);
    byte[] picked = new byte[numbers.length * size];
    for (int i = 0; i < numbers.length; i++) {
      System.arraycopy(all.rgb(), all.offset(numbers[i]), picked, i * size, size);
    }
    return picked;
  }

  private static byte[] pixel(Frames frame, int row, int column) {
    int at = 3 * (row * frame.width() + column);
    return Arrays.copyOfRange(frame.rgb(), at, at + 3);
  }

  private static double mean(Frames frames) {
    long sum = 0;
    for (byte value : frames.rgb()) {
      sum += value & 0xff;
    }
    return (double) sum / frames.rgb().length;
  }
}
