package io.tubelet.tokenizer;

import io.tubelet.nn.Layer;
import io.tubelet.tensor.Compute;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * {@code y = id(x) + path(x) / layers^2}: four convolutions, each after a ReLU, through a
 * bottleneck. {@code id} is a convolution of one pixel where the width changes.
 */
final class ResidualBlock extends Layer {
  /** The sides of an encoder's convolutions. */
  static final List<Integer> ENCODING = List.of(3, 3, 3, 1);

  /** The sides of a decoder's convolutions. */
  static final List<Integer> DECODING = List.of(1, 3, 3, 3);

  private final @Nullable Conv2d identity;
  private final List<Conv2d> path = new ArrayList<>();
  private final double gain;

  /**
   * @param kernels sides of the four convolutions
   * @param layers blocks of the whole network
   */
  ResidualBlock(int in, int out, List<Integer> kernels, int layers, Compute compute) {
    identity = in == out ? null : child("id_path", new Conv2d(in, out, 1, compute));
    int hidden = out / DvaeConfig.BOTTLENECK;
    for (int i = 0; i < kernels.size(); i++) {
      int from = i == 0 ? in : hidden;
      int to = i == kernels.size() - 1 ? out : hidden;
      path.add(child("res_path.conv_" + (i + 1), new Conv2d(from, to, kernels.get(i), compute)));
    }
    gain = 1 / Math.pow(layers, 2);
  }

  /** {@code [n, in, H, W] -> [n, out, H, W]}. */
  Tensor forward(Tensor x) {
    Tensor y = x;
    for (Conv2d convolution : path) {
      y = convolution.forward(y.relu());
    }
    return (identity == null ? x : identity.forward(x)).add(y, new Scalar(gain));
  }
}
