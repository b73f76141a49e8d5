package io.tubelet.model;

/** What a token that stands for a hidden one attends to in the decoder. */
public enum DecoderAttention {
  /** All tokens, hidden ones among them, as in both papers. */
  SELF,
  /**
   * Visible tokens alone, in every block the encoder's own: cross-attention without self-attention,
   * as in CrossMAE (https://arxiv.org/abs/2401.14391, section 3.2). A hidden token's prediction
   * then depends on no other hidden token. The parameters are those of {@link #SELF}: keys and
   * values come from the projected latent with its positions, where CrossMAE takes them from the
   * encoder's width directly.
   */
  CROSS
}
