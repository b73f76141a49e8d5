package io.tubelet.augment;

import java.util.random.RandomGenerator;

/**
 * Numbers of Beta(alpha, alpha): the share of one of two equally distributed gamma variables in
 * their sum.
 *
 * <p>Gamma variables after Marsaglia and Tsang, "A simple method for generating gamma variables"
 * (2000), which wants a shape of at least 1: the variable of shape {@code a} is that of {@code a +
 * 1} times {@code u^(1/a)}. Logarithms keep small shapes from vanishing.
 */
final class SymmetricBeta {
  private SymmetricBeta() {}

  /**
   * One number in [0, 1].
   *
   * @param alpha above 0; 1 for uniform numbers
   */
  static double draw(double alpha, RandomGenerator rng) {
    double one = logGamma(alpha, rng);
    double other = logGamma(alpha, rng);
    return 1 / (1 + Math.exp(other - one));
  }

  private static double logGamma(double shape, RandomGenerator rng) {
    double d = shape + 1 - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = rng.nextGaussian();
      double v = Math.pow(1 + c * x, 3);
      double logU = Math.log(1 - rng.nextDouble());
      if (v > 0 && logU < 0.5 * x * x + d - d * v + d * Math.log(v)) {
        return Math.log(d * v) + Math.log(1 - rng.nextDouble()) / shape;
      }
    }
  }
}
