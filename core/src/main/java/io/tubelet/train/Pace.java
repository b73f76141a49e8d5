package io.tubelet.train;

import io.tubelet.data.Batches;

/** How fast clips are trained on, and what share of the time was spent waiting for them. */
final class Pace {
  private final Batches loader;
  private final double secondsBefore;
  private final long begin = System.nanoTime();
  private long since = begin;
  private double waitSince;
  private long clips;

  /**
   * @param secondsBefore training time of earlier sittings
   */
  Pace(Batches loader, double secondsBefore) {
    this.loader = loader;
    this.secondsBefore = secondsBefore;
  }

  void count(int more) {
    clips += more;
  }

  /** Since the last restart. */
  double clipsPerSecond() {
    return clips / secondsSince();
  }

  /** Since the last restart, 0 to 1. */
  double loaderWaitShare() {
    return Math.min(1, (loader.waitSeconds() - waitSince) / secondsSince());
  }

  /** Training time of all sittings. */
  double seconds() {
    return secondsBefore + (System.nanoTime() - begin) / 1e9;
  }

  void restart() {
    since = System.nanoTime();
    waitSince = loader.waitSeconds();
    clips = 0;
  }

  private double secondsSince() {
    return Math.max(1e-9, (System.nanoTime() - since) / 1e9);
  }
}
