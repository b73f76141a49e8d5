package io.tubelet.nn;

import io.tubelet.tensor.Compute;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Normalises each token over its width (https://arxiv.org/abs/1607.06450), in float32. */
public final class LayerNorm extends Layer {
  private final long width;
  private final double epsilon;
  private final Tensor weight; // [D]
  private final Tensor bias; // [D]

  public LayerNorm(int width, double epsilon, Compute compute) {
    this.width = width;
    this.epsilon = epsilon;
    weight = parameter("weight", compute.ones(width));
    bias = parameter("bias", compute.zeros(width));
  }

  /** {@code x [..., D] -> [..., D]}. */
  public Tensor forward(Tensor x) {
    return torch.layer_norm(
        x, new long[] {width}, new TensorOptional(weight), new TensorOptional(bias), epsilon, true);
  }
}
