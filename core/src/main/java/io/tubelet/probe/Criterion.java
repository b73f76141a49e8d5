package io.tubelet.probe;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What a setting is chosen by. */
public enum Criterion {
  /** Most validation clips right; of equal ones the lower log-loss. */
  TOP1 {
    @Override
    Comparator<Score> order() {
      return Comparator.comparingDouble(Score::top1).reversed().thenComparingDouble(Score::logLoss);
    }
  },
  /** The lowest validation log-loss, which a few clips move less than accuracy. */
  LOG_LOSS {
    @Override
    Comparator<Score> order() {
      return Comparator.comparingDouble(Score::logLoss);
    }
  };

  /** The better score first. */
  abstract Comparator<Score> order();

  /**
   * The best setting's number; of equal ones the first.
   *
   * @throws IllegalStateException if none has a finite loss
   */
  int best(List<Score> validation) {
    return IntStream.range(0, validation.size())
        .filter(i -> Double.isFinite(validation.get(i).logLoss()))
        .boxed()
        .min(Comparator.comparing(validation::get, order()))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "all %d settings diverged: lower learning rates are needed"
                        .formatted(validation.size())));
  }
}
