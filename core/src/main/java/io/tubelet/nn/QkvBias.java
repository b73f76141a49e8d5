package io.tubelet.nn;

/** Which of query, key and value carry a bias. */
public enum QkvBias {
  /** None of the three. */
  NONE,
  /** Query and value; the key's is a constant zero (VideoMAE, after BEiT). */
  QUERY_VALUE,
  /**
   * All three (mae_st). The key's has no effect: it adds the same number to all logits of a query,
   * which the softmax removes, so its gradient is rounding noise.
   */
  ALL
}
