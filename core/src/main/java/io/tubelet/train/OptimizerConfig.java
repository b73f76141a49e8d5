package io.tubelet.train;

import io.tubelet.optim.WeightDecayRule;

/**
 * How weights are updated: AdamW with decoupled weight decay.
 *
 * @param schedule whose shape of the learning rate
 * @param baseLr learning rate of 256 clips; the peak is {@code baseLr x effective batch / 256}
 * @param minLr learning rate at the end; scaled like the base by VideoMAE, not by mae_st
 * @param warmupEpochs effective epochs of linear warm-up from 0
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param eps added to the root of the second moment
 * @param weightDecay of the parameters that the rule lets decay
 * @param decayRule which parameters decay
 * @param clipNorm largest global gradient norm; 0 for no clipping
 */
public record OptimizerConfig(
    ScheduleKind schedule,
    double baseLr,
    double minLr,
    double warmupEpochs,
    double beta1,
    double beta2,
    double eps,
    double weightDecay,
    WeightDecayRule decayRule,
    double clipNorm) {

  public OptimizerConfig {
    requirePositive("base-lr", baseLr);
    requireNotNegative("min-lr", minLr);
    requireNotNegative("warmup-epochs", warmupEpochs);
    requireNotNegative("weight-decay", weightDecay);
    requireNotNegative("clip-norm", clipNorm);
    requirePositive("eps", eps);
    requireShare("beta1", beta1);
    requireShare("beta2", beta2);
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(
          "optimizer.%s must be above 0, got %s".formatted(name, value));
    }
  }

  private static void requireNotNegative(String name, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(
          "optimizer.%s must be 0 or more, got %s".formatted(name, value));
    }
  }

  private static void requireShare(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "optimizer.%s must lie in [0, 1), got %s".formatted(name, value));
    }
  }
}
