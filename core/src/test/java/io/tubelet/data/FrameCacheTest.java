package io.tubelet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.video.DecodeOptions;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FrameCacheTest {
  private static final Path FIVE = Path.of("v5.mp4");

  private final FakeVideos videos = new FakeVideos();

  private byte[] read(VideoOpener from, Path file, int... frames) throws VideoException {
    try (VideoReader reader = from.open(file, DecodeOptions.NATIVE)) {
      return reader.frames(frames).rgb();
    }
  }

  @Test
  void open_again_readsTheSameFramesFromMemory() throws Exception {
    FrameCache cache = new FrameCache(videos, ByteSize.parse("1MiB"));
    byte[] want = read(videos, FIVE, 3, 24, 0, 3);
    int before = videos.opened.get();
    for (int i = 0; i < 3; i++) {
      assertThat(read(cache, FIVE, 3, 24, 0, 3)).isEqualTo(want);
    }
    assertThat(videos.opened.get() - before).isEqualTo(1);
    try (VideoReader kept = cache.open(FIVE, DecodeOptions.NATIVE)) {
      assertThat(kept.info().frames()).isEqualTo(25);
      assertThatThrownBy(() -> kept.frames(25)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> kept.frames(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void open_noRoomLeft_readsFromTheFile() throws Exception {
    long bytes = 25L * FakeVideos.HEIGHT * FakeVideos.WIDTH * 3;
    FrameCache cache = new FrameCache(videos, new ByteSize(bytes));
    read(cache, FIVE, 1);
    byte[] want = read(videos, Path.of("v6.mp4"), 7);
    for (int i = 0; i < 2; i++) {
      assertThat(read(cache, Path.of("v6.mp4"), 7)).isEqualTo(want);
    }
    int before = videos.opened.get();
    read(cache, FIVE, 2);
    assertThat(videos.opened.get()).isEqualTo(before);
    read(cache, Path.of("v6.mp4"), 2);
    assertThat(videos.opened.get()).isEqualTo(before + 1);
  }

  @Test
  void open_aFrameCannotBeDecoded_theOthersStillCan() throws Exception {
    videos.truncated.add("v5.mp4");
    FrameCache cache = new FrameCache(videos, ByteSize.parse("1MiB"));
    assertThat(read(cache, FIVE, 0, 19)).isEqualTo(read(videos, FIVE, 0, 19));
    assertThatThrownBy(() -> read(cache, FIVE, 20)).isInstanceOf(VideoException.class);
    long whole = 26L * FakeVideos.HEIGHT * FakeVideos.WIDTH * 3;
    FrameCache tight = new FrameCache(videos, new ByteSize(whole));
    read(tight, FIVE, 0);
    read(tight, Path.of("v6.mp4"), 0); // fits: the room of the failed one was given back
    int before = videos.opened.get();
    read(tight, Path.of("v6.mp4"), 0);
    assertThat(videos.opened.get()).isEqualTo(before);
  }

  @Test
  void open_brokenVideo_failsEachTime() {
    videos.broken.add("v5.mp4");
    FrameCache cache = new FrameCache(videos, ByteSize.parse("1MiB"));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> read(cache, FIVE, 0)).hasMessageContaining("moov atom");
    }
  }

  @Test
  void open_byManyThreadsAtOnce_decodesOnce() throws Exception {
    int threads = 4;
    FrameCache cache = new FrameCache(videos, ByteSize.parse("1MiB"));
    CyclicBarrier together = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Callable<byte[]> reading =
          () -> {
            together.await(10, TimeUnit.SECONDS);
            return read(cache, FIVE, 9, 1);
          };
      List<Future<byte[]>> all =
          IntStream.range(0, threads).mapToObj(i -> pool.submit(reading)).toList();
      byte[] want = null;
      for (Future<byte[]> one : all) {
        want = want == null ? one.get() : want;
        assertThat(one.get()).isEqualTo(want);
      }
      assertThat(videos.opened.get()).isEqualTo(1);
    } finally {
      pool.shutdownNow();
    }
  }
}
