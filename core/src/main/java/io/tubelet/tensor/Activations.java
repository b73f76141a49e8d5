package io.tubelet.tensor;

/** What becomes of a block's intermediate results between the forward and the backward pass. */
public enum Activations {
  /** They wait in memory. */
  KEEP,
  /**
   * Only the block's input waits; the rest is computed again when the backward pass comes by. A
   * third more work for a fraction of the memory (https://arxiv.org/abs/1604.06174).
   */
  RECOMPUTE
}
