package io.tubelet.model;

import io.tubelet.nn.Layer;
import io.tubelet.tensor.Compute;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** A learnt token before those of the clip, or none: then both methods pass tokens through. */
final class ClassToken extends Layer {
  private final @Nullable Tensor token; // [1, 1, D]

  ClassToken(int width, boolean present, Compute compute) {
    token = present ? parameter("token", compute.zeros(1, 1, width)) : null;
  }

  /** {@code [B, K, D] -> [B, (1 +) K, D]}. */
  Tensor prependTo(Tensor tokens, PositionEmbedding positions) {
    if (token == null) {
      return tokens;
    }
    Tensor first = token.add(positions.ofClassToken()).expand(tokens.size(0), 1, tokens.size(2));
    return torch.cat(new TensorVector(first, tokens), 1);
  }

  /** {@code [B, (1 +) K, D] -> [B, K, D]}. */
  Tensor removeFrom(Tensor tokens) {
    return token == null ? tokens : tokens.narrow(1, 1, tokens.size(1) - 1);
  }
}
