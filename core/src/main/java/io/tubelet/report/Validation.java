package io.tubelet.report;

import java.util.List;
import java.util.Optional;

/**
 * How a classifier did on the validation clips at some point of its training, one view a clip.
 * Numbers that are not known are {@code NaN}.
 *
 * @param step optimizer steps done
 * @param epoch effective epochs done, with the fraction
 * @param top1 share of the clips whose most probable class is right, 0 to 1
 * @param top5 share of the clips whose class is among the five most probable, 0 to 1
 * @param logLoss mean over the clips
 */
public record Validation(long step, double epoch, double top1, double top5, double logLoss) {

  public Validation {
    if (step < 0) {
      throw new IllegalArgumentException("step must not be negative, got " + step);
    }
    if (top1 < 0 || top1 > 1 || top5 < 0 || top5 > 1) {
      throw new IllegalArgumentException(
          "top1 and top5 are shares, 0 to 1, got top1=%s top5=%s".formatted(top1, top5));
    }
  }

  /** The one with the highest top-1, the earliest of equals; empty where none is known. */
  public static Optional<Validation> best(List<Validation> validations) {
    return validations.stream()
        .filter(v -> !Double.isNaN(v.top1()))
        .reduce((a, b) -> b.top1() > a.top1() ? b : a);
  }
}
