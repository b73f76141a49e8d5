package io.tubelet.tokenizer;

import io.tubelet.nn.Layer;
import io.tubelet.tensor.Compute;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** A convolution that keeps the size of a picture: {@code [n, in, H, W] -> [n, out, H, W]}. */
final class Conv2d extends Layer {
  private final Tensor w; // [out, in, k, k]
  private final Tensor b; // [out]
  private final long padding;

  /** Weights are zero until they are drawn or loaded. */
  Conv2d(int in, int out, int kernel, Compute compute) {
    w = parameter("w", compute.zeros(out, in, kernel, kernel));
    b = parameter("b", compute.zeros(out));
    padding = (kernel - 1L) / 2;
  }

  Tensor forward(Tensor x) {
    return torch.conv2d(
        x,
        w,
        new TensorOptional(b),
        new long[] {1, 1},
        new long[] {padding, padding},
        new long[] {1, 1},
        1);
  }
}
