package io.tubelet.train;

import io.tubelet.data.Batches;
import io.tubelet.distributed.Communication;
import io.tubelet.distributed.Ranks;
import io.tubelet.report.RankPace;
import java.nio.ByteBuffer;
import java.util.List;

/** How fast clips are trained on, and how much of the time was spent waiting, for what. */
final class Pace {
  private final Batches loader;
  private final Ranks ranks;
  private final double secondsBefore;
  private final long begin = System.nanoTime();
  private long since = begin;
  private double waitSince;
  private Communication communicationSince;
  private long clips;
  private long updates;

  /**
   * @param secondsBefore training time of earlier sittings
   */
  Pace(Batches loader, Ranks ranks, double secondsBefore) {
    this.loader = loader;
    this.ranks = ranks;
    communicationSince = ranks.communication();
    this.secondsBefore = secondsBefore;
  }

  /** After an update. */
  void count(int more) {
    clips += more;
    updates++;
  }

  /** Since the last restart. */
  double clipsPerSecond() {
    return clips / secondsSince();
  }

  /** Since the last restart, 0 to 1. */
  double loaderWaitShare() {
    return Math.min(1, (loader.waitSeconds() - waitSince) / secondsSince());
  }

  /** Of each rank, in their order; all of them ask at the same time. */
  List<RankPace> ofRanks() {
    return ranks.gather(bytes(own())).stream().map(Pace::read).toList();
  }

  private RankPace own() {
    Communication communication = ranks.communication().since(communicationSince);
    return new RankPace(
        secondsSince() / Math.max(1, updates),
        Math.min(1, communication.waited() / secondsSince()),
        communication.hiddenShare(),
        loaderWaitShare());
  }

  private static byte[] bytes(RankPace pace) {
    return ByteBuffer.allocate(4 * Double.BYTES)
        .putDouble(pace.stepSeconds())
        .putDouble(pace.communicationShare())
        .putDouble(pace.hiddenShare())
        .putDouble(pace.loaderWaitShare())
        .array();
  }

  private static RankPace read(byte[] bytes) {
    ByteBuffer pace = ByteBuffer.wrap(bytes);
    return new RankPace(pace.getDouble(), pace.getDouble(), pace.getDouble(), pace.getDouble());
  }

  /** Training time of all sittings. */
  double seconds() {
    return secondsBefore + (System.nanoTime() - begin) / 1e9;
  }

  void restart() {
    since = System.nanoTime();
    waitSince = loader.waitSeconds();
    communicationSince = ranks.communication();
    clips = 0;
    updates = 0;
  }

  private double secondsSince() {
    return Math.max(1e-9, (System.nanoTime() - since) / 1e9);
  }
}
