package io.tubelet.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.clip.Frames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexCacheTest {
  private static final int FRAMES = 40;
  private static final List<SeekPoint> POINTS =
      List.of(new SeekPoint(12, 7, 1L << 40), new SeekPoint(24, -3, 5));

  private final Path folder;
  private final Path cache;
  private final OpenOptions options;

  IndexCacheTest(@TempDir Path folder) {
    this.folder = folder;
    this.cache = folder.resolve("cache");
    this.options = OpenOptions.DEFAULT.withIndexCache(cache.toString());
  }

  private VideoReader open(Path file) throws VideoException {
    return Videos.open(file, DecodeOptions.NATIVE, options);
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** One video read by index, one by counting. */
  private Path video(String name) throws IOException {
    Frames frames = MovingTexture.frames(FRAMES, 72, 96);
    VideoWriter.save(folder.resolve(name), frames, new EncodeOptions(25, 22, 12));
    return folder.resolve(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip.mp4", "clip.gif"})
  void open_again_givesTheSameFramesFromWhatWasKept(String name) throws IOException {
    Path file = video(name);
    byte[] all;
    try (VideoReader first = open(file)) {
      all = first.frames(IntStream.range(0, FRAMES).toArray()).rgb();
    }
    assertThat(kept()).hasSize(1);
    byte[] survey = Files.readAllBytes(kept().get(0));
    SplittableRandom rng = new SplittableRandom(5);
    for (int round = 0; round < 12; round++) {
      int[] window = IntStream.range(0, 6).map(i -> rng.nextInt(FRAMES)).toArray();
      try (VideoReader again = open(file)) {
        assertThat(again.info().frames()).isEqualTo(FRAMES);
        byte[] some = again.frames(window).rgb();
        for (int i = 0; i < window.length; i++) {
          int size = all.length / FRAMES;
          assertThat(Arrays.copyOfRange(some, i * size, (i + 1) * size))
              .isEqualTo(Arrays.copyOfRange(all, window[i] * size, (window[i] + 1) * size));
        }
      }
    }
    assertThat(kept()).hasSize(1);
    assertThat(kept().get(0)).hasBinaryContent(survey);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip.mp4", "clip.gif"})
  void open_surveyKept_isWhatAnswers(String name) throws IOException {
    Path file = video(name);
    open(file).close();
    CachedSurvey place =
        CachedSurvey.of(VideoFile.of(file, options)).orElseThrow(); // same file, same stamp
    place.write(new FrameCount(7, 72, 96, List.of()));
    try (VideoReader reader = open(file)) {
      assertThat(reader.info().frames()).isEqualTo(7);
    }
  }

  @Test
  void open_fileChanged_isSurveyedAnew() throws IOException {
    Path file = video("clip.mp4");
    open(file).close();
    Path shorter = MovingTexture.write(folder.resolve("shorter.mp4"), 9, 12);
    Files.copy(shorter, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    try (VideoReader reader = open(file)) {
      assertThat(reader.info().frames()).isEqualTo(9);
    }
  }

  @Test
  void survey_ofOtherSizeTimeHeadOrStream_isNotTaken() throws IOException {
    FileStamp stamp = new FileStamp(1000, 5, "ab");
    byte[] bytes = SurveyFormat.bytes(new FrameCount(3, 4, 5, POINTS), stamp, StreamChoice.BEST);
    assertThat(SurveyFormat.read(bytes, stamp, StreamChoice.BEST))
        .contains(new FrameCount(3, 4, 5, POINTS));
    assertThat(SurveyFormat.read(bytes, new FileStamp(1001, 5, "ab"), StreamChoice.BEST)).isEmpty();
    assertThat(SurveyFormat.read(bytes, new FileStamp(1000, 6, "ab"), StreamChoice.BEST)).isEmpty();
    assertThat(SurveyFormat.read(bytes, new FileStamp(1000, 5, "ac"), StreamChoice.BEST)).isEmpty();
    assertThat(SurveyFormat.read(bytes, stamp, StreamChoice.of(1))).isEmpty();
  }

  @Test
  void stamp_sameSizeAndTimeOtherHead_differs() throws IOException {
    Path one = Files.write(folder.resolve("one"), new byte[] {1, 2, 3});
    Path two = Files.write(folder.resolve("two"), new byte[] {1, 2, 4});
    FileTime time = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(one, time);
    Files.setLastModifiedTime(two, time);
    assertThat(FileStamp.of(one)).isNotEqualTo(FileStamp.of(two));
    Files.write(two, new byte[] {1, 2, 3});
    Files.setLastModifiedTime(two, time);
    assertThat(FileStamp.of(one)).isEqualTo(FileStamp.of(two));
  }

  @Test
  void open_keptFileDamaged_isPassedOverAndWrittenAnew() throws IOException {
    Path file = video("clip.mp4");
    open(file).close();
    Path survey = kept().get(0);
    byte[] sound = Files.readAllBytes(survey);
    SplittableRandom rng = new SplittableRandom(3);
    for (int round = 0; round < 40; round++) {
      byte[] damaged =
          round % 2 == 0 ? Arrays.copyOf(sound, rng.nextInt(sound.length)) : sound.clone();
      if (round % 2 == 1) {
        damaged[rng.nextInt(damaged.length)] ^= (byte) (1 << rng.nextInt(8));
      }
      Files.write(survey, damaged);
      try (VideoReader reader = open(file)) {
        assertThat(reader.info().frames()).isEqualTo(FRAMES);
        assertThat(reader.frames(FRAMES - 1).count()).isEqualTo(1);
      }
      assertThat(survey).hasBinaryContent(sound);
    }
    assertThat(kept()).containsExactly(survey);
  }

  @Test
  void open_cacheFolderCannotBeMade_worksWithout() throws IOException {
    Files.writeString(cache, "a file, not a folder");
    try (VideoReader reader = open(video("clip.mp4"))) {
      assertThat(reader.frames(3).count()).isEqualTo(1);
    }
  }

  @Test
  void open_cacheOff_keepsNothing() throws IOException {
    Videos.open(
            video("clip.mp4"),
            DecodeOptions.NATIVE,
            OpenOptions.DEFAULT.withIndexCache(OpenOptions.OFF))
        .close();
    assertThat(cache).doesNotExist();
    assertThatThrownBy(() -> OpenOptions.DEFAULT.withIndexCache(" "))
        .hasMessageContaining("open.index-cache");
  }

  @Test
  void open_manyAtOnceOnAnEmptyCache_allReadTheSame() throws Exception {
    Path file = video("clip.mp4");
    ExecutorService workers = Executors.newFixedThreadPool(6);
    try {
      Callable<Integer> task =
          () -> {
            try (VideoReader reader = open(file)) {
              return Arrays.hashCode(reader.frames(5, 11, 30).rgb());
            }
          };
      int alone = task.call();
      Files.delete(kept().get(0));
      for (Future<Integer> result : workers.invokeAll(Collections.nCopies(30, task))) {
        assertThat(result.get()).isEqualTo(alone);
      }
    } finally {
      workers.shutdownNow();
    }
    assertThat(kept()).hasSize(1);
  }
}
