package io.tubelet.tokenizer;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Pixels squeezed from [0, 1] into [0.1, 0.9], where their logit is small, and back (DALL-E,
 * appendix A.3; {@code map_pixels} of the public program).
 */
public final class PixelRange {
  private static final double EPSILON = 0.1;

  private PixelRange() {}

  /** {@code (1 - 2 eps) x + eps}. */
  public static Tensor squeeze(Tensor unit) {
    return unit.mul(new Scalar(1 - 2 * EPSILON)).add_(new Scalar(EPSILON));
  }

  /** Back into [0, 1]; what lies outside is cut. */
  public static Tensor release(Tensor squeezed) {
    return squeezed
        .sub(new Scalar(EPSILON))
        .div_(new Scalar(1 - 2 * EPSILON))
        .clamp_min_(new Scalar(0.0))
        .clamp_max_(new Scalar(1.0));
  }
}
