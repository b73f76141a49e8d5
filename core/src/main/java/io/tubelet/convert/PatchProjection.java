package io.tubelet.convert;

import io.tubelet.clip.ClipShape;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/** A patch projection in the dimensions that another model wants. */
final class PatchProjection {
  private PatchProjection() {}

  /**
   * An image model's becomes one of tubelets of one frame: {@code [D, C, p, p] -> [D, C, 1, p, p]}.
   */
  static Tensor inThreeDimensions(Tensor weight) {
    return weight.dim() == 4 ? weight.unsqueeze(2) : weight;
  }

  /**
   * Three input channels: {@code [D, C, t, p, p] -> [D, 3, t, p, p]}. Each becomes a third of their
   * sum, so that a grey picture gives the tokens that the same value in all C channels gave.
   */
  static Tensor inRgb(Tensor weight) {
    return weight.size(1) == ClipShape.CHANNELS
        ? weight
        : weight
            .sum(new long[] {1}, true, new ScalarTypeOptional())
            .div(new Scalar(ClipShape.CHANNELS))
            .repeat(1, ClipShape.CHANNELS, 1, 1, 1);
  }

  /**
   * One frame: {@code [D, 3, t, p, p] -> [D, 3, 1, p, p]}, the sum over the tubelet's frames, so
   * that a picture gives the tokens of a still clip of it.
   */
  static Tensor deflated(Tensor weight) {
    return weight.sum(new long[] {2}, true, new ScalarTypeOptional());
  }
}
