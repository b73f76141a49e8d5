package io.tubelet.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tubelet.clip.ClipShape;
import io.tubelet.nn.BlockConfig;

/**
 * A model that learns by contrast, completely.
 *
 * @param clip frames, picture and tubelets
 * @param encoder size of the transformer
 * @param block what all blocks share
 * @param positions how tokens are told where they are
 * @param classToken whether a class token takes part; features are the mean of the others
 * @param initialisation how fresh weights of the encoder are drawn
 * @param frozenPatches whether the patch projection stays as it was drawn, against the instability
 *     that MoCo v3 describes (https://arxiv.org/abs/2104.02057, section 4.2)
 * @param heads between the features and what is compared
 */
public record ContrastiveModelConfig(
    ClipShape clip,
    EncoderConfig encoder,
    BlockConfig block,
    PositionKind positions,
    boolean classToken,
    Initialisation initialisation,
    boolean frozenPatches,
    HeadsConfig heads) {
  public ContrastiveModelConfig {
    TransformerConfig.requireRow(positions, classToken);
  }

  /** What stays when the heads are thrown away. */
  @JsonIgnore
  public VideoEncoderConfig withoutHeads() {
    return new VideoEncoderConfig(clip, encoder, block, positions, classToken, initialisation);
  }
}
