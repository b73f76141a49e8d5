package io.tubelet.model;

import io.tubelet.clip.ClipShape;
import io.tubelet.tensor.Compute;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** Learnt in space and in time apart: {@code row(s, p) = temporal[s] + spatial[p]}. */
final class SeparablePositions extends PositionEmbedding {
  private final long width;
  private final Tensor spatial; // [1, places, D]
  private final Tensor temporal; // [1, slots, D]
  private final @Nullable Tensor classRow; // [1, 1, D]

  SeparablePositions(ClipShape clip, int width, boolean classToken, Compute compute) {
    this.width = width;
    spatial = parameter("spatial", compute.zeros(1, clip.tokensPerSlot(), width));
    temporal = parameter("temporal", compute.zeros(1, clip.slots(), width));
    classRow = classToken ? parameter("class", compute.zeros(1, 1, width)) : null;
  }

  @Override
  Tensor table() {
    return temporal.transpose(0, 1).add(spatial).reshape(-1, width); // [slots, places, D] -> [N, D]
  }

  @Override
  Tensor ofClassToken() {
    if (classRow == null) {
      throw new IllegalStateException("this model has no class token");
    }
    return classRow;
  }
}
