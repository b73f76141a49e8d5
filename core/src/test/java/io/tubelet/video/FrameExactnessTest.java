package io.tubelet.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P10LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tubelet.clip.Frames;
import io.tubelet.video.EncodedFile.Track;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every window equals the same frames of a full sequential decode: random starts and strides, one
 * window or several in one pass, surveyed now or known from the cache, 1 and 8 workers.
 */
class FrameExactnessTest {
  private static final int WINDOWS = 6;

  private final Path folder;

  FrameExactnessTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @TestFactory
  List<DynamicTest> madeHere() throws IOException {
    Frames frames = MovingTexture.frames(48, 72, 96);
    Frames odd = MovingTexture.frames(30, 71, 95);
    int yuv = AV_PIX_FMT_YUV420P;
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(test(MovingTexture.write(folder.resolve("gop12.mp4"), 48, 12)));
    tests.add(test(MovingTexture.write(folder.resolve("gop250.mp4"), 48, 250)));
    tests.add(
        made(
            "vp9.webm",
            "webm",
            Track.of("libvpx-vp9", yuv, frames, 20).with(FrameExactnessTest::quick)));
    tests.add(made("mpeg4.avi", "avi", bFrames(Track.of("mpeg4", yuv, frames, 12))));
    tests.add(made("mpeg4.mp4", "mp4", bFrames(Track.of("mpeg4", yuv, frames, 12))));
    tests.add(made("mpeg2.ts", "mpegts", bFrames(Track.of("mpeg2video", yuv, frames, 12))));
    tests.add(made("mjpeg.mov", "mov", Track.of("mjpeg", AV_PIX_FMT_YUVJ420P, frames, 1)));
    tests.add(made("ten-bit.mkv", "matroska", Track.of("ffv1", AV_PIX_FMT_YUV420P10LE, odd, 1)));
    VideoWriter.save(folder.resolve("a.gif"), odd, EncodeOptions.DEFAULT);
    tests.add(test(folder.resolve("a.gif")));
    return tests;
  }

  private DynamicTest made(String name, String container, Track track) throws IOException {
    return test(EncodedFile.write(folder.resolve(name), container, track));
  }

  private static void quick(AVCodecContext codec) {
    av_opt_set(codec.priv_data(), "cpu-used", "8", 0);
    av_opt_set(codec.priv_data(), "deadline", "realtime", 0);
  }

  private static Track bFrames(Track track) {
    return track.with(codec -> codec.max_b_frames(2));
  }

  @TestFactory
  List<DynamicTest> codecZoo() throws IOException {
    Path zoo = CodecZooTest.folder();
    assumeTrue(Files.exists(zoo.resolve("expected.json")), "no folder of test videos at " + zoo);
    JsonNode expected = new ObjectMapper().readTree(zoo.resolve("expected.json").toFile());
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode entry : expected.get("files")) {
      if (entry.get("kind").asText().equals("ok")) {
        tests.add(test(zoo.resolve(entry.get("file").asText())));
      }
    }
    return tests;
  }

  private DynamicTest test(Path file) {
    return DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> check(file));
  }

  private void check(Path file) throws Exception {
    VideoInfo info;
    long[] want;
    try (VideoReader counting = Counting.open(file)) {
      info = counting.info();
      want = sums(counting, IntStream.range(0, info.frames()).toArray());
    }
    OpenOptions cached = OpenOptions.DEFAULT.withIndexCache(folder.resolve("cache").toString());
    for (int workers : new int[] {1, 8}) {
      SplittableRandom rng = new SplittableRandom(want.length);
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < WINDOWS; i++) {
        int[] numbers = i % 3 == 2 ? union(rng, want.length) : window(rng, want.length);
        tasks.add(
            () -> {
              try (VideoReader reader = Videos.open(file, DecodeOptions.NATIVE, cached)) {
                assertThat(reader.info()).isEqualTo(info);
                assertThat(sums(reader, numbers))
                    .as("frames %s", Arrays.toString(numbers))
                    .isEqualTo(IntStream.of(numbers).mapToLong(n -> want[n]).toArray());
              }
              return null;
            });
      }
      runAll(tasks, workers);
    }
  }

  private static void runAll(List<Callable<Void>> tasks, int workers) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try {
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static int[] window(SplittableRandom rng, int frames) {
    int start = rng.nextInt(frames);
    int stride = rng.nextInt(1, 5);
    return IntStream.range(0, 8).map(i -> start + i * stride).filter(n -> n < frames).toArray();
  }

  /** Windows that may overlap, as repeated sampling and tests with several views ask for. */
  private static int[] union(SplittableRandom rng, int frames) {
    return IntStream.range(0, 3)
        .flatMap(i -> IntStream.of(window(rng, frames)))
        .sorted()
        .distinct()
        .toArray();
  }

  private static long[] sums(VideoReader reader, int[] numbers) throws VideoException {
    List<Long> sums = new ArrayList<>();
    reader.each(
        numbers,
        (number, frame) -> {
          CRC32C crc = new CRC32C();
          crc.update(frame.rgb());
          sums.add(crc.getValue());
        });
    return sums.stream().mapToLong(Long::longValue).toArray();
  }
}
