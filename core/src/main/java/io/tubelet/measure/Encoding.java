package io.tubelet.measure;

/** What the encoder is given. */
public enum Encoding {
  /** The visible tokens: a masked autoencoder. */
  SPARSE("sparse"),
  /**
   * All tokens, to see what leaving out most of them is worth (mae_st, Table 1). The decoder gets
   * the visible ones of them and mask tokens for the rest, as it always does.
   */
  DENSE("dense");

  private final String label;

  Encoding(String label) {
    this.label = label;
  }

  /** The name on the command line and in results. */
  public String label() {
    return label;
  }
}
