package io.tubelet.model;

import io.tubelet.clip.ClipShape;
import io.tubelet.nn.BlockConfig;

/**
 * What masked autoencoders, classifiers and encoders alone have in common: the encoder and what it
 * looks at.
 */
public sealed interface TransformerConfig
    permits MaskedAutoencoderConfig, ClassifierConfig, VideoEncoderConfig {
  ClipShape clip();

  EncoderConfig encoder();

  BlockConfig block();

  PositionKind positions();

  boolean classToken();

  /** Refuses a class token where there is no position for it. */
  static void requireRow(PositionKind positions, boolean classToken) {
    if (positions == PositionKind.SIN_COS && classToken) {
      throw new IllegalArgumentException(
          "class-token needs learnt positions (separable or joint): sin-cos has no row for it");
    }
  }
}
