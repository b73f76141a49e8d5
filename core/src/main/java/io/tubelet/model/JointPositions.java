package io.tubelet.model;

import io.tubelet.clip.ClipShape;
import io.tubelet.tensor.Compute;
import org.bytedeco.pytorch.Tensor;

/** One learnt row a token; row 0 belongs to the class token where there is one. */
final class JointPositions extends PositionEmbedding {
  private final long tokens;
  private final long first;
  private final Tensor rows; // [1, (1 +) N, D]

  JointPositions(ClipShape clip, int width, boolean classToken, Compute compute) {
    tokens = clip.tokens();
    first = classToken ? 1 : 0;
    rows = parameter("joint", compute.zeros(1, first + tokens, width));
  }

  @Override
  Tensor table() {
    return rows.select(0, 0).narrow(0, first, tokens);
  }

  @Override
  Tensor ofClassToken() {
    if (first == 0) {
      throw new IllegalStateException("this model has no class token");
    }
    return rows.narrow(1, 0, 1);
  }
}
