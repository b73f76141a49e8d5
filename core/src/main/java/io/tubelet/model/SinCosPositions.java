package io.tubelet.model;

import io.tubelet.clip.ClipShape;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.HostArrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Fixed sines and cosines of the token's number (https://arxiv.org/abs/1706.03762, section 3.5).
 * Not a parameter: neither trained nor saved.
 */
final class SinCosPositions extends PositionEmbedding {
  private final Tensor table; // [N, D]

  SinCosPositions(ClipShape clip, int width, Compute compute) {
    table =
        constant(
            HostArrays.ofFloats(rows(clip.tokens(), width), clip.tokens(), width)
                .to(compute.placement().device(), ScalarType.Float));
  }

  /**
   * Even columns sine, odd columns cosine of {@code token / 10000^(2 floor(column / 2) / width)},
   * in double precision and then rounded, as VideoMAE does.
   */
  static float[] rows(int tokens, int width) {
    float[] rows = new float[tokens * width];
    for (int token = 0; token < tokens; token++) {
      for (int column = 0; column < width; column++) {
        int pair = column / 2;
        double angle = token / Math.pow(10000, 2.0 * pair / width);
        rows[token * width + column] =
            (float) (column % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
      }
    }
    return rows;
  }

  @Override
  Tensor table() {
    return table;
  }

  @Override
  Tensor ofClassToken() {
    throw new IllegalStateException("sin-cos positions have no row for a class token");
  }
}
