package io.tubelet.nn;

import io.tubelet.tensor.Compute;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Normalises each feature over the batch at hand (https://arxiv.org/abs/1502.03167), in float32. It
 * keeps no running statistics: it serves heads that are thrown away after training.
 */
public final class BatchNorm extends Layer {
  private static final double EPSILON = 1e-5; // PyTorch's default

  private final @Nullable Tensor weight; // [D]
  private final @Nullable Tensor bias; // [D]

  /**
   * @param affine whether a learnt scale and shift follow
   */
  public BatchNorm(int width, boolean affine, Compute compute) {
    weight = affine ? parameter("weight", compute.ones(width)) : null;
    bias = affine ? parameter("bias", compute.zeros(width)) : null;
  }

  /** {@code x [B, D] -> [B, D]}; B must be at least 2. */
  public Tensor forward(Tensor x) {
    TensorOptional none = new TensorOptional();
    return torch.batch_norm(
        x.to(ScalarType.Float),
        optional(weight),
        optional(bias),
        none,
        none,
        true,
        0,
        EPSILON,
        false);
  }

  private static TensorOptional optional(@Nullable Tensor tensor) {
    return tensor == null ? new TensorOptional() : new TensorOptional(tensor);
  }
}
