package io.tubelet.train;

import io.tubelet.distributed.GradientCompression;
import io.tubelet.tensor.Activations;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;

/**
 * How long and in what portions a model is trained.
 *
 * @param epochs how often each video is sampled in all ("effective epochs", mae_st section 3.4):
 *     one pass over the files with {@code data.repeats = 4} counts as four
 * @param batch clips of one forward and backward pass, of all processes together
 * @param accumulate passes whose gradients make one update; effective batch = batch x accumulate
 * @param device to train on
 * @param precision of the large matrix products
 * @param activations kept for the backward pass, or computed again to save memory
 * @param replicas of the model among which a batch is divided on the CPU; 0 for as many as pay
 * @param gradientCompression of gradients that travel between processes
 * @param shardOptimizer whether each process keeps the moments of its part of the parameters only
 * @param logEvery updates between two lines of the log; the loss is read only then
 * @param checkpointEvery updates between two checkpoints; 0 saves at the end alone
 * @param keepLast how many checkpoints stay beside the best one
 * @param maxSkippedSteps how many updates may be skipped for a non-finite loss before the run stops
 */
public record TrainConfig(
    double epochs,
    int batch,
    int accumulate,
    DeviceChoice device,
    Precision precision,
    Activations activations,
    int replicas,
    GradientCompression gradientCompression,
    boolean shardOptimizer,
    int logEvery,
    int checkpointEvery,
    int keepLast,
    int maxSkippedSteps) {

  public TrainConfig {
    if (!(epochs > 0)) {
      throw new IllegalArgumentException("train.epochs must be above 0, got " + epochs);
    }
    requireAtLeast("train.batch", batch, 1);
    requireAtLeast("train.accumulate", accumulate, 1);
    requireAtLeast("train.replicas", replicas, 0);
    requireAtLeast("train.log-every", logEvery, 1);
    requireAtLeast("train.checkpoint-every", checkpointEvery, 0);
    requireAtLeast("train.keep-last", keepLast, 1);
    requireAtLeast("train.max-skipped-steps", maxSkippedSteps, 0);
  }

  /** Clips of one update. */
  public int effectiveBatch() {
    return Math.multiplyExact(batch, accumulate);
  }

  /** How a model of this run computes on a device. */
  public Compute compute(Placement placement) {
    return new Compute(precision, placement, activations);
  }

  private static void requireAtLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, got %d".formatted(name, least, value));
    }
  }
}
