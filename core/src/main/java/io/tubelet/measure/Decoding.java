package io.tubelet.measure;

import io.tubelet.mask.DecoderMask;
import io.tubelet.model.DecoderAttention;

/** What the decoder computes. */
public enum Decoding {
  /** The papers': every hidden token is predicted, and sees all tokens. */
  FULL("full", DecoderAttention.SELF, false),
  /** Half of the hidden tokens are predicted: VideoMAE V2's dual masking. */
  DUAL("dual", DecoderAttention.SELF, true),
  /** Hidden tokens see visible ones alone: CrossMAE's attention. */
  CROSS("cross", DecoderAttention.CROSS, false),
  /** Both. */
  DUAL_CROSS("dual-cross", DecoderAttention.CROSS, true);

  private final String label;
  private final DecoderAttention attention;
  private final boolean dual;

  Decoding(String label, DecoderAttention attention, boolean dual) {
    this.label = label;
    this.attention = attention;
    this.dual = dual;
  }

  /** The name on the command line and in results. */
  public String label() {
    return label;
  }

  DecoderAttention attention() {
    return attention;
  }

  DecoderMask mask() {
    return dual ? DecoderMask.HALF : DecoderMask.NONE;
  }
}
