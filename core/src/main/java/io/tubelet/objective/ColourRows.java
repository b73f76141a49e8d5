package io.tubelet.objective;

import io.tubelet.clip.ClipShape;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Averages of tokens' values by colour, and their spreading back over the values, as products with
 * a small matrix.
 *
 * <p>Implementation note: values lie colour by colour side by side, so a reduction over one colour
 * walks with a stride of three, which libtorch does twenty times slower than a matrix product.
 *
 * @param ofColour {@code [3, P]}: one where a value is of the colour
 */
record ColourRows(Tensor ofColour) {

  /** For tokens like {@code pixels [B, K, P]}. */
  static ColourRows like(Tensor pixels) {
    long values = pixels.size(2) / ClipShape.CHANNELS;
    return new ColourRows(
        torch.eye(ClipShape.CHANNELS, pixels.options()).repeat(1, values)); // [3, P]
  }

  /** {@code [B, K, P] -> [B, K, 3]}. */
  Tensor mean(Tensor values) {
    return values.matmul(ofColour.t()).div_(new Scalar((double) valuesPerColour()));
  }

  /** {@code [B, K, 3] -> [B, K, P]}. */
  Tensor spread(Tensor colours) {
    return colours.matmul(ofColour);
  }

  long valuesPerColour() {
    return ofColour.size(1) / ClipShape.CHANNELS;
  }
}
