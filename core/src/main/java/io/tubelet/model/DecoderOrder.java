package io.tubelet.model;

/**
 * The order in which the decoder sees its tokens. Attention does not know order, so the choice
 * moves results by rounding only.
 */
public enum DecoderOrder {
  /** Every token at its place in the clip (mae_st). */
  RASTER,
  /** Visible tokens first, hidden ones after (VideoMAE); spares un-shuffling. */
  VISIBLE_FIRST
}
