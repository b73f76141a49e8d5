package io.tubelet.objective;

import io.tubelet.model.TokenMasks;
import org.bytedeco.pytorch.Tensor;

/** Computes what a model should have predicted. */
@FunctionalInterface
public interface TargetValues {

  /**
   * The target of the hidden tokens.
   *
   * @param tokens all tokens' pixels, {@code [B, N, P]}: bytes, or floats in [0, 1]
   * @return {@code [B, M, P']} float32, without gradients; of words their numbers, {@code [B, M,
   *     u]} int64
   */
  Tensor of(Tensor tokens, TokenMasks masks);
}
