package io.tubelet.objective;

import io.tubelet.clip.ClipShape;
import org.bytedeco.pytorch.Tensor;

/**
 * What tokens' pixels were shifted and scaled by, to be undone when a prediction is looked at.
 *
 * @param mean {@code [B, K, 1, 1]}, or {@code [B, K, 1, 3]} by colour
 * @param scale of the same shape
 */
public record PixelStatistics(Tensor mean, Tensor scale) {
  /** {@code [B, K, P] -> [B, K, P]}, mean 0 and scale 1. */
  Tensor remove(Tensor pixels) {
    return byColour(pixels).sub(mean).div_(scale).flatten(2, 3);
  }

  /** The inverse: {@code [B, K, P] -> [B, K, P]}. */
  Tensor restore(Tensor values) {
    return byColour(values).mul(scale).add_(mean).flatten(2, 3);
  }

  /** {@code [B, K, P] -> [B, K, P/3, 3]}. */
  static Tensor byColour(Tensor pixels) {
    return pixels.reshape(pixels.size(0), pixels.size(1), -1, ClipShape.CHANNELS);
  }
}
