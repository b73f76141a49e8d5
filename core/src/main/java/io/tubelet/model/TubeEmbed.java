package io.tubelet.model;

import io.tubelet.clip.ClipShape;
import io.tubelet.nn.Layer;
import io.tubelet.nn.Linear;
import io.tubelet.tensor.Compute;
import org.bytedeco.pytorch.Tensor;

/**
 * Projects the pixels of a tubelet to a token.
 *
 * <p>Both papers use a 3-D convolution whose stride is its kernel, which is one linear map of each
 * tubelet by itself; as such it runs on the visible tokens only. The weight keeps the published
 * shape {@code [D, 3, t, p, p]} and is turned to the order of the pixels on the way.
 */
public final class TubeEmbed extends Layer {
  private final Compute compute;
  private final Tensor weight; // [D, 3, t, p, p]
  private final Tensor bias; // [D]

  TubeEmbed(ClipShape clip, int width, Compute compute) {
    this.compute = compute;
    weight =
        parameter(
            "proj.weight",
            compute.zeros(width, ClipShape.CHANNELS, clip.tube(), clip.patch(), clip.patch()));
    bias = parameter("proj.bias", compute.zeros(width));
  }

  /** {@code pixels [B, K, P] -> tokens [B, K, D]}, in the layer's precision. */
  public Tensor forward(Tensor pixels) {
    Tensor rows = weight.permute(0, 2, 3, 4, 1).reshape(weight.size(0), -1); // [D, P]
    return Linear.product(pixels, rows, bias, compute);
  }
}
