package io.tubelet.nn;

import io.tubelet.tensor.Compute;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** {@code y = x W^T + b}, computed and returned in the layer's precision. */
public final class Linear extends Layer {
  private final Compute compute;
  private final Tensor weight; // [out, in]
  private final @Nullable Tensor bias; // [out]

  /** Weights are zero until an initialisation or a checkpoint fills them. */
  public Linear(int in, int out, boolean hasBias, Compute compute) {
    this.compute = compute;
    weight = parameter("weight", compute.zeros(out, in));
    bias = hasBias ? parameter("bias", compute.zeros(out)) : null;
  }

  /** {@code x [..., in] -> [..., out]}. */
  public Tensor forward(Tensor x) {
    return product(x, weight, bias, compute);
  }

  /** The product itself, for layers that put their weight together from parts. */
  public static Tensor product(Tensor x, Tensor weight, @Nullable Tensor bias, Compute compute) {
    TensorOptional b = bias == null ? new TensorOptional() : new TensorOptional(compute.cast(bias));
    return torch.linear(compute.cast(x), compute.cast(weight), b);
  }
}
