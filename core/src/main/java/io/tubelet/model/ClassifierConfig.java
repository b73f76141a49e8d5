package io.tubelet.model;

import io.tubelet.clip.ClipShape;
import io.tubelet.nn.BlockConfig;

/**
 * A video classifier, completely.
 *
 * @param clip frames, picture and tubelets
 * @param encoder size of the transformer
 * @param block what all blocks share
 * @param positions how tokens are told where they are
 * @param classToken whether a class token precedes the patches
 * @param pooling what the head sees
 * @param classes number of labels
 * @param dropPath how often the last block's branches are dropped in training
 * @param dropout share of features that training hides from the head
 * @param initialisation how fresh weights are drawn
 * @param headScale factor on the head's first weights
 */
public record ClassifierConfig(
    ClipShape clip,
    EncoderConfig encoder,
    BlockConfig block,
    PositionKind positions,
    boolean classToken,
    Pooling pooling,
    int classes,
    double dropPath,
    double dropout,
    ClassifierInitialisation initialisation,
    double headScale)
    implements TransformerConfig {
  public ClassifierConfig {
    TransformerConfig.requireRow(positions, classToken);
    if (classes < 1) {
      throw new IllegalArgumentException("classes must be at least 1, got " + classes);
    }
    requireShare("drop-path", dropPath);
    requireShare("dropout", dropout);
  }

  private static void requireShare(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must lie in [0, 1), got " + value);
    }
  }
}
