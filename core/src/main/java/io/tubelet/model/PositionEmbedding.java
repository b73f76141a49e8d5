package io.tubelet.model;

import io.tubelet.clip.ClipShape;
import io.tubelet.nn.Layer;
import io.tubelet.tensor.Compute;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Adds to each token where it is. Every kind is a table with a row for each token of a clip. */
public abstract sealed class PositionEmbedding extends Layer
    permits SeparablePositions, JointPositions, SinCosPositions {

  /** Makes a table of this kind. */
  static PositionEmbedding of(
      PositionKind kind, ClipShape clip, int width, boolean classToken, Compute compute) {
    return switch (kind) {
      case SEPARABLE -> new SeparablePositions(clip, width, classToken, compute);
      case JOINT -> new JointPositions(clip, width, classToken, compute);
      case SIN_COS -> new SinCosPositions(clip, width, compute);
    };
  }

  /** The rows of all tokens in order, {@code [N, D]}. */
  abstract Tensor table();

  /** The class token's row, {@code [1, 1, D]}; only where the model has that token. */
  abstract Tensor ofClassToken();

  /** The rows of these tokens: {@code [B, K] int64 -> [B, K, D]}. */
  final Tensor at(Tensor tokens) {
    return torch.embedding(table(), tokens);
  }
}
