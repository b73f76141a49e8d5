package io.tubelet.nn;

import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Hides single features in training (https://jmlr.org/papers/v15/srivastava14a.html) and makes up
 * for them by {@code 1 / (1 - rate)}.
 */
@FunctionalInterface
public interface Dropout {
  /** Every feature takes part. */
  Dropout NEVER = (features, rate) -> features;

  /**
   * What is left of the features.
   *
   * @param features {@code [B, D]}
   * @param rate share that is hidden, below 1; 0 draws nothing
   */
  Tensor apply(Tensor features, double rate);

  /**
   * Hides a feature where its number is below the rate.
   *
   * @param uniform gives numbers of a shape, uniform in [0, 1), on the features' device
   */
  static Dropout drawing(Function<long[], Tensor> uniform) {
    return (features, rate) -> {
      if (rate == 0) {
        return features;
      }
      Tensor kept =
          uniform
              .apply(new long[] {features.size(0), features.size(1)})
              .ge(new Scalar(rate)); // [B, D] bool
      return features.mul(kept.to(features.scalar_type()).div_(new Scalar(1 - rate)));
    };
  }
}
