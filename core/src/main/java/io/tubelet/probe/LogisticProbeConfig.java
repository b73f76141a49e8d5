package io.tubelet.probe;

import java.util.List;
import java.util.Map;

/**
 * Multinomial logistic regression, fitted to its optimum.
 *
 * @param lambdas weights of {@code |W|^2 / 2} beside the mean cross entropy; biases are spared
 * @param iterations of L-BFGS at most
 * @param refit whether the chosen one is fitted again to training and validation clips
 */
public record LogisticProbeConfig(List<Double> lambdas, int iterations, boolean refit)
    implements ProbeConfig {
  /** The grid of our measurements on JHMDB. */
  public static final LogisticProbeConfig DEFAULT =
      new LogisticProbeConfig(List.of(0.01, 0.03, 0.1, 0.3, 1.0), 150, true);

  public LogisticProbeConfig {
    lambdas = List.copyOf(lambdas);
    if (lambdas.isEmpty()) {
      throw new IllegalArgumentException("lambdas need at least one value, got none");
    }
    for (double lambda : lambdas) {
      if (!(lambda > 0 && Double.isFinite(lambda))) {
        throw new IllegalArgumentException(
            "lambdas must be above 0 (separable data have no optimum without), got " + lambda);
      }
    }
    if (iterations < 1) {
      throw new IllegalArgumentException("iterations must be at least 1, got " + iterations);
    }
  }

  @Override
  public List<Setting> settings() {
    return lambdas.stream().map(lambda -> new Setting(Map.of("lambda", lambda))).toList();
  }

  @Override
  public LogisticProbeConfig only(int setting) {
    return new LogisticProbeConfig(List.of(lambdas.get(setting)), iterations, refit);
  }
}
