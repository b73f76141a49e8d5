package io.tubelet.run;

import io.tubelet.clip.ClipShape;
import io.tubelet.tensor.Activations;
import io.tubelet.train.Split;
import io.tubelet.train.TrainConfig;
import java.util.Locale;

/** A plan as a table for a person: the rows that every kind of run has, and room for its own. */
final class PlanTable {
  private final StringBuilder text = new StringBuilder();

  PlanTable row(String what, String format, Object... values) {
    text.append(String.format(Locale.ROOT, "%-14s ", what))
        .append(String.format(Locale.ROOT, format, values))
        .append(System.lineSeparator());
    return this;
  }

  PlanTable clip(ClipShape clip) {
    return row(
        "clip",
        "%d x %d x %d, %d x %d x %d tubelets: %,d tokens",
        clip.frames(),
        clip.height(),
        clip.width(),
        clip.tube(),
        clip.patch(),
        clip.patch(),
        clip.tokens());
  }

  /**
   * What the arithmetic costs.
   *
   * @param forward multiply-adds of one clip's forward pass
   */
  PlanTable work(double forward, TrainConfig train) {
    // The backward pass is twice the forward one; recomputing adds another forward pass.
    int passes = train.activations() == Activations.RECOMPUTE ? 4 : 3;
    return row(
        "work",
        "%.2f GFLOP forward a clip, %.1f GFLOP an update (a multiply-add counts once)",
        forward / 1e9,
        passes * forward * train.effectiveBatch() / 1e9);
  }

  /**
   * How batches become updates, and how many at which rate.
   *
   * @param parameters of the model
   */
  PlanTable training(TrainingPlan plan, long parameters) {
    TrainConfig train = plan.train();
    Split split = plan.split(train.device().assumed(), parameters);
    row(
        "batch",
        "%d clips x %d accumulated = %d an update; %d clips of each decoded video",
        train.batch(),
        train.accumulate(),
        train.effectiveBatch(),
        plan.data().repeats());
    row(
        "length",
        "%,d updates = %s effective epochs of %.2f updates",
        plan.steps(),
        train.epochs(),
        plan.stepsPerEpoch());
    row(
        "learning rate",
        "%.2e = %.2e x %d / 256, after %s epochs of warm-up; %.2e at the end",
        plan.peakLr(),
        plan.optimizer().baseLr(),
        plan.lrBatch(),
        plan.optimizer().warmupEpochs(),
        plan.floorLr());
    return row(
        "computes in",
        "%s on %s; replicas of the model: %d, threads of each: %d",
        train.precision().name().toLowerCase(Locale.ROOT),
        train.device(),
        split.replicas(),
        split.operatorThreads());
  }

  static String size(long bytes) {
    return bytes < 1L << 30
        ? String.format(Locale.ROOT, "%.0f MiB", bytes / (double) (1 << 20))
        : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
