package io.tubelet.data;

import io.tubelet.clip.ClipShape;
import java.util.Locale;

/**
 * How many threads may make clips, and how many clips may lie on the heap before they are wanted.
 *
 * @param workers most threads that work at once
 * @param adapts whether only as many of them work as keep pace with the training
 * @param videosAhead whose clips are made ahead
 * @param bytesAhead that these clips take
 */
public record LoadingPlan(int workers, boolean adapts, int videosAhead, long bytesAhead) {

  /** Of the heap, what may be filled with clips made ahead. */
  private static final int SHARE_OF_HEAP = 4;

  /**
   * Enough for the batches asked for and for every thread, as far as the heap has room.
   *
   * @param clips of a batch
   */
  public static LoadingPlan of(DataConfig config, ClipShape shape, int clips) {
    int workers =
        config.workers() > 0 ? config.workers() : Runtime.getRuntime().availableProcessors();
    long wanted = Math.max(workers, (long) config.prefetch() * clips / config.repeats());
    long bytesOfVideo = (long) config.repeats() * shape.bytes();
    long room = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / bytesOfVideo;
    int videos = (int) Math.max(1, Math.min(wanted, room));
    return new LoadingPlan(workers, config.workers() == 0, videos, videos * bytesOfVideo);
  }

  /** For a person, before anything is started. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%s; clips of %,d videos made ahead, %.0f MiB",
        adapts && workers > 1
            ? "1 to %d threads, as many as keep pace with the model".formatted(workers)
            : workers == 1 ? "1 thread" : workers + " threads",
        videosAhead,
        bytesAhead / (double) (1 << 20));
  }
}
