package io.tubelet.optim;

/**
 * VideoMAE: the warm-up is a line through both its ends, so the first step has rate 0 and the peak
 * comes twice; the half cosine over the remaining steps stops one step short of the floor.
 *
 * @param peak rate at the end of the warm-up
 * @param floor what the cosine falls towards
 * @param warmupSteps may be 0
 * @param steps all of them, warm-up included
 */
public record SteppedCosine(double peak, double floor, long warmupSteps, long steps)
    implements LearningRate {
  public SteppedCosine {
    if (warmupSteps < 0 || warmupSteps > steps) {
      throw new IllegalArgumentException(
          "warmup-steps must be at least 0 and at most steps: warmup-steps=%d, steps=%d"
              .formatted(warmupSteps, steps));
    }
  }

  @Override
  public double at(long step) {
    if (step < warmupSteps) {
      return warmupSteps == 1 ? 0 : peak * step / (warmupSteps - 1);
    }
    double done = (double) (step - warmupSteps) / (steps - warmupSteps);
    return floor + 0.5 * (peak - floor) * (1 + Math.cos(Math.PI * Math.min(done, 1)));
  }
}
