package io.tubelet.nn;

import io.tubelet.tensor.Compute;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** A learnt factor a channel on a residual branch (https://arxiv.org/abs/2103.17239), or none. */
public final class LayerScale extends Layer {
  private final @Nullable Tensor gamma; // [D]

  /**
   * @param initial the starting factor; 0 for a branch without one, as both papers' models are
   */
  public LayerScale(int width, double initial, Compute compute) {
    gamma = initial == 0 ? null : parameter("gamma", compute.ones(width).mul_(new Scalar(initial)));
  }

  /** {@code branch [B, N, D] -> [B, N, D]}. */
  public Tensor forward(Tensor branch) {
    return gamma == null ? branch : branch.mul(gamma);
  }
}
