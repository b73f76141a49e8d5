package io.tubelet.model;

import io.tubelet.clip.ClipShape;
import io.tubelet.nn.BlockConfig;

/**
 * An encoder without anything behind it, completely.
 *
 * @param clip frames, picture and tubelets
 * @param encoder size of the transformer
 * @param block what all blocks share
 * @param positions how tokens are told where they are
 * @param classToken whether a class token takes part
 * @param initialisation how fresh weights are drawn
 */
public record VideoEncoderConfig(
    ClipShape clip,
    EncoderConfig encoder,
    BlockConfig block,
    PositionKind positions,
    boolean classToken,
    Initialisation initialisation)
    implements TransformerConfig {
  public VideoEncoderConfig {
    TransformerConfig.requireRow(positions, classToken);
  }
}
