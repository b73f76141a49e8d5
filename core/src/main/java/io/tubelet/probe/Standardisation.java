package io.tubelet.probe;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Each feature brought to zero mean and unit deviation by fixed statistics.
 *
 * @param mean {@code [D]}
 * @param deviation {@code [D]}, above 0
 */
record Standardisation(Tensor mean, Tensor deviation) {
  /** A feature that varies less than this is constant, up to rounding, and says nothing. */
  private static final double CONSTANT = 1e-9;

  /** Leaves features as they are; of the type and place of {@code rows [R, D]}. */
  static Standardisation none(Tensor rows) {
    Tensor zeros = torch.zeros_like(rows.select(0, 0));
    return new Standardisation(zeros, torch.ones_like(zeros));
  }

  /** The statistics of {@code rows [R, D]}, float64 for exactness; constant features become 0. */
  static Standardisation of(Tensor rows) {
    Tensor mean = rows.mean(0); // [D]
    Tensor deviation = rows.sub(mean).square().mean(0).sqrt();
    Tensor varies = deviation.gt(new Scalar(CONSTANT));
    return new Standardisation(mean, torch.where(varies, deviation, new Scalar(1.0)));
  }

  /** {@code [..., D] -> [..., D]}. */
  Tensor apply(Tensor features) {
    return features.sub(mean).div(deviation);
  }
}
