package io.tubelet.model;

/** How tokens are told where they are. */
public enum PositionKind {
  /** A learnt row a place plus a learnt row a time slot (mae_st, the default of its programs). */
  SEPARABLE,
  /** A learnt row a token (mae_st with {@code sep_pos_embed} off). */
  JOINT,
  /** Fixed sines and cosines of the token's number (VideoMAE). */
  SIN_COS
}
