package io.tubelet.optim;

/**
 * Constants of AdamW.
 *
 * @param beta1 memory of the first moment
 * @param beta2 memory of the second moment
 * @param epsilon added to the square root of the second moment
 * @param clipNorm gradients longer than this, over all parameters, are scaled down to it; 0 never
 */
public record AdamWConfig(double beta1, double beta2, double epsilon, double clipNorm) {
  public AdamWConfig {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "beta1 and beta2 must lie in [0, 1), got %s and %s".formatted(beta1, beta2));
    }
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("epsilon must be above 0, got " + epsilon);
    }
    if (!(clipNorm >= 0)) {
      throw new IllegalArgumentException("clip-norm must be 0 (never) or more, got " + clipNorm);
    }
  }
}
