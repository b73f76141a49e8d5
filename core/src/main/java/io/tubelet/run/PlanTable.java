package io.tubelet.run;

import io.tubelet.clip.ClipShape;
import io.tubelet.data.LoadingPlan;
import io.tubelet.model.Flops;
import io.tubelet.model.TrainingMemory;
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
   * @param forward of one clip's forward pass
   * @param recomputed of what the backward pass computes a second time
   */
  PlanTable work(Flops forward, Flops recomputed, TrainConfig train) {
    Flops update = forward.times(3).plus(recomputed); // the backward pass is twice the forward one
    return row(
        "work",
        "%.2f GFLOP forward a clip, %.1f GFLOP an update (a multiply-add counts once)",
        forward.products() / 1e9,
        (double) update.products() * train.effectiveBatch() / 1e9);
  }

  /**
   * What a pass over a batch holds.
   *
   * @param memory of one replica, as estimated
   * @param parameters of the model
   */
  PlanTable memory(TrainingMemory memory, TrainingPlan plan, long parameters) {
    TrainConfig train = plan.train();
    long replicas =
        plan.split(train.device().assumed(), parameters)
            .extraBytes(plan.bytesOfReplica(parameters));
    return row(
        "memory",
        "about %s: weights and moments %s, activations (%s) of %d clips %s; decoded videos up to %s",
        size(memory.ofBatch(train.batch()) + replicas),
        size(memory.state() + replicas),
        train.activations(),
        train.batch(),
        size(train.batch() * memory.activationsPerClip()),
        size(plan.data().cache().bytes()));
  }

  /** Who makes the clips, and how many ahead. */
  PlanTable loading(ClipShape clip, TrainingPlan plan) {
    return row("loading", "%s", LoadingPlan.of(plan.data(), clip, plan.train().batch()).describe());
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

  private static String size(long bytes) {
    return bytes < 1L << 30
        ? String.format(Locale.ROOT, "%.0f MiB", bytes / (double) (1 << 20))
        : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
