package io.tubelet.run;

import io.tubelet.clip.ClipShape;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.data.VideoOpener;
import io.tubelet.data.ViewMaker;
import io.tubelet.data.ViewsConfig;
import io.tubelet.video.VideoException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All views of some videos, in portions for one forward pass each, made ahead by worker threads and
 * given in the order of the videos. For one thread.
 */
final class ViewStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ViewStream.class);
  private static final long CLOSE_SECONDS = 5;

  /**
   * Views that stand next to each other in the stream.
   *
   * @param pixels uint8 RGB, {@code [B, T, H, W, 3]}
   * @param videos the number of each view's video, {@code [B]}
   * @param failures videos passed over since the last portion
   */
  record Portion(byte[] pixels, int[] videos, List<Failure> failures) {
    int size() {
      return videos.length;
    }
  }

  /** A video, with its number, that gave no views, and why. */
  record Failure(int video, Entry entry, String reason) {}

  /** What came of a video: one of the two is null. */
  private record Made(byte @Nullable [] pixels, @Nullable String failure) {}

  private final List<Entry> entries;
  private final ViewMaker maker;
  private final int clipBytes;
  private final int batch;
  private final int ahead;
  private final ExecutorService pool;
  private final Deque<Future<Made>> pending = new ArrayDeque<>();
  private int submitted;
  private int taken;
  private byte[] current = {}; // views of video taken - 1
  private int offset; // of the first view of it not given yet

  ViewStream(
      List<Entry> entries,
      VideoOpener opener,
      ViewsConfig views,
      ClipShape shape,
      int workers,
      int batch) {
    this.entries = entries;
    this.batch = batch;
    maker = new ViewMaker(opener, views, shape);
    clipBytes = shape.bytes();
    int threads = workers > 0 ? workers : Runtime.getRuntime().availableProcessors();
    ahead = Math.min(2 * threads + batch / views.number().total(), fitting(views));
    pool =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "view-maker");
              thread.setDaemon(true);
              return thread;
            });
    submitAhead();
  }

  /** Videos whose views fill a quarter of the heap, at least one. */
  private int fitting(ViewsConfig views) {
    long bytesPerVideo = (long) views.number().total() * clipBytes;
    long videos = Runtime.getRuntime().maxMemory() / 4 / bytesPerVideo;
    return (int) Math.max(1, Math.min(videos, Integer.MAX_VALUE));
  }

  boolean hasNext() {
    return offset < current.length || taken < entries.size();
  }

  /** The next views, at most a batch; fewer, or none, at the end and where videos fail. */
  Portion next() throws InterruptedException {
    byte[] pixels = new byte[batch * clipBytes];
    int[] videos = new int[batch];
    List<Failure> failures = new ArrayList<>();
    int count = 0;
    while (count < batch && hasNext()) {
      if (offset == current.length) {
        advance(failures);
      } else {
        System.arraycopy(current, offset, pixels, count * clipBytes, clipBytes);
        videos[count++] = taken - 1;
        offset += clipBytes;
      }
    }
    return new Portion(
        Arrays.copyOf(pixels, count * clipBytes), Arrays.copyOf(videos, count), failures);
  }

  private void advance(List<Failure> failures) throws InterruptedException {
    Entry entry = entries.get(taken++);
    Made made = await(pending.remove(), entry);
    submitAhead();
    offset = 0;
    current = made.pixels() == null ? new byte[0] : made.pixels();
    if (made.failure() != null) {
      failures.add(new Failure(taken - 1, entry, made.failure()));
    }
  }

  private static Made await(Future<Made> made, Entry entry) throws InterruptedException {
    try {
      return made.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "making views of %s failed: %s".formatted(entry.file(), e.getCause()), e);
    }
  }

  private void submitAhead() {
    while (pending.size() < ahead && submitted < entries.size()) {
      Entry entry = entries.get(submitted++);
      pending.add(pool.submit(() -> make(entry)));
    }
  }

  private Made make(Entry entry) {
    try {
      return new Made(maker.make(entry.file()).pixels(), null);
    } catch (VideoException e) {
      return new Made(null, e.reason());
    } catch (RuntimeException e) {
      LOG.warn("{}: an unexpected failure", entry.file(), e);
      return new Made(null, "unexpected: " + e);
    }
  }

  /** Stops the workers and waits for them. */
  @Override
  public void close() {
    pending.forEach(made -> made.cancel(true));
    pool.shutdownNow();
    try {
      pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
