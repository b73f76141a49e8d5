package io.tubelet.model;

/** Where hidden tokens, a learnt mask token each, come in. */
public enum MaskTokens {
  /** Behind the encoder, which sees the visible tokens alone: both papers' way. */
  DECODER,
  /**
   * Before the encoder, which then sees all places, as BERT does; the decoder gets what it made of
   * them. mae_st's Table 1 compares with it: as accurate, at several times the cost.
   */
  ENCODER
}
