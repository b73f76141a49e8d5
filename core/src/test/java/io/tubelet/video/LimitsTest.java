package io.tubelet.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import io.tubelet.video.EncodedFile.Track;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a file may cost, and which of its streams is read. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LimitsTest {
  private final Path folder;

  LimitsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static OpenOptions options(int stream, double deadline, long framePixels, long pixels) {
    return new OpenOptions(
        OpenOptions.OFF, StreamChoice.of(stream), 0, deadline, framePixels, pixels);
  }

  private static void refuses(Path file, DecodeOptions decode, OpenOptions options, String why) {
    assertThatThrownBy(() -> Videos.open(file, decode, options).close())
        .isInstanceOf(VideoException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(why);
  }

  @Test
  void open_endlessGarbageBehindTheHeader_isGivenUpAtTheDeadline() throws IOException {
    Track track = Track.of("mpeg2video", AV_PIX_FMT_YUV420P, MovingTexture.frames(20, 72, 96), 12);
    Path file = EncodedFile.write(folder.resolve("endless.ts"), "mpegts", track);
    try (RandomAccessFile grown = new RandomAccessFile(file.toFile(), "rw")) {
      grown.setLength(1L << 37); // takes no room on disk
    }
    long begin = System.nanoTime();
    refuses(file, DecodeOptions.NATIVE, options(0, 0.5, 1 << 20, 1 << 30), "the deadline");
    assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(20));
  }

  @Test
  void frames_moreWorkThanTheDeadlineAllows_areRefusedAndTheNextRequestHasItsOwnTime()
      throws IOException {
    Path file = MovingTexture.write(folder.resolve("clip.mp4"), 300, 250);
    try (VideoReader reader =
        Videos.open(file, DecodeOptions.NATIVE, options(0, 1, 1 << 20, 1 << 30))) {
      int[] all = IntStream.range(0, 300).toArray();
      assertThatThrownBy(
              () ->
                  reader.each(
                      all,
                      (number, frame) -> {
                        long begin = System.nanoTime();
                        while (System.nanoTime() - begin < 6_000_000) {
                          Thread.onSpinWait(); // 300 of these take 1.8 s
                        }
                      }))
          .isInstanceOf(VideoException.class)
          .hasMessageContaining("seconds, the deadline");
      assertThat(reader.frames(3).count()).isEqualTo(1);
    }
  }

  @Test
  void open_picturesBeyondTheLimit_areRefusedAsCodedAndAsDelivered() throws IOException {
    Path file = MovingTexture.write(folder.resolve("clip.mp4"), 3, 12); // 96 x 72
    refuses(
        file,
        DecodeOptions.NATIVE,
        options(0, 60, 96 * 72 - 1, 1 << 30),
        "96 x 72 have more pixels than max-frame-pixels=6911");
    refuses(file, new DecodeOptions(144), options(0, 60, 96 * 72, 1 << 30), "192 x 144 have more");
    try (VideoReader reader =
        Videos.open(file, DecodeOptions.NATIVE, options(0, 60, 96 * 72, 2 * 96 * 72))) {
      assertThat(reader.frames(0, 2, 2).count()).isEqualTo(3);
      assertThatThrownBy(() -> reader.frames(0, 1, 2))
          .isInstanceOf(VideoException.class)
          .hasMessageContaining("max-pixels=13824");
    }
  }

  @Test
  void open_oneOfTwoStreams_isTheOneAskedFor() throws IOException {
    Track small = Track.of("mpeg4", AV_PIX_FMT_YUV420P, MovingTexture.frames(5, 32, 48), 12);
    Track large = Track.of("mpeg4", AV_PIX_FMT_YUV420P, MovingTexture.frames(9, 72, 96), 12);
    Path file = EncodedFile.write(folder.resolve("two.mkv"), "matroska", small, large);
    for (int stream = 0; stream < 2; stream++) {
      OpenOptions options =
          new OpenOptions(
              folder.resolve("cache").toString(), StreamChoice.of(stream), 0, 60, 1 << 20, 1 << 30);
      for (int round = 0; round < 2; round++) { // surveyed, then known
        try (VideoReader reader = Videos.open(file, DecodeOptions.NATIVE, options)) {
          assertThat(reader.info().frames()).isEqualTo(stream == 0 ? 5 : 9);
          assertThat(reader.info().height()).isEqualTo(stream == 0 ? 32 : 72);
          assertThat(reader.frames(4).width()).isEqualTo(stream == 0 ? 48 : 96);
        }
      }
    }
    refuses(
        file,
        DecodeOptions.NATIVE,
        options(2, 60, 1 << 20, 1 << 30),
        "has 2 video streams, no stream 2 counted from 0");
  }

  @Test
  void open_severalStreams_theBestIsTheMarkedOneThenTheLargest() throws IOException {
    Track small = Track.of("mpeg4", AV_PIX_FMT_YUV420P, MovingTexture.frames(5, 32, 48), 12);
    Track large = Track.of("mpeg4", AV_PIX_FMT_YUV420P, MovingTexture.frames(9, 72, 96), 12);
    OpenOptions best = OpenOptions.DEFAULT.withIndexCache(folder.resolve("cache").toString());
    Path unmarked =
        EncodedFile.write(folder.resolve("unmarked.nut"), "nut", small, large, small, large);
    Path marked =
        EncodedFile.write(folder.resolve("marked.nut"), "nut", small.asDefault(), large, small);
    for (int round = 0; round < 2; round++) { // surveyed, then known
      try (VideoReader reader = Videos.open(unmarked, DecodeOptions.NATIVE, best)) {
        assertThat(reader.info().height()).isEqualTo(72);
      }
      try (VideoReader reader = Videos.open(marked, DecodeOptions.NATIVE, best)) {
        assertThat(reader.info().height()).isEqualTo(32);
        assertThat(reader.info().frames()).isEqualTo(5);
      }
    }
  }

  @Test
  void options_outOfRange_areNamed() {
    assertThatThrownBy(() -> options(-1, 60, 1, 1))
        .hasMessage("open.stream must be best or a number from 0 to 1000, got -1");
    assertThatThrownBy(() -> StreamChoice.parse("first"))
        .hasMessage("open.stream must be best or a number from 0 to 1000, got first");
    assertThatThrownBy(() -> options(0, 0, 1, 1)).hasMessageContaining("open.deadline");
    assertThatThrownBy(() -> options(0, Double.NaN, 1, 1)).hasMessageContaining("open.deadline");
    assertThatThrownBy(() -> options(0, 1, 0, 1)).hasMessageContaining("open.max-frame-pixels");
    assertThatThrownBy(() -> options(0, 1, 1, 0)).hasMessageContaining("open.max-pixels");
  }

  @Test
  void open_fileThatIsNone_leavesNoCacheBehind() throws IOException {
    Path cache = folder.resolve("cache");
    Path text = Files.writeString(folder.resolve("a.mp4"), "no video".repeat(99));
    refuses(
        text,
        DecodeOptions.NATIVE,
        OpenOptions.DEFAULT.withIndexCache(cache.toString()),
        "not a video");
    assertThat(cache).doesNotExist();
  }
}
