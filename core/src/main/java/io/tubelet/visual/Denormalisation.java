package io.tubelet.visual;

/** Where a picture of normalised predictions takes brightness and contrast of a patch from. */
public enum Denormalisation {

  /**
   * From nowhere: normalised values are shown around mid-grey, two standard deviations to black and
   * to white.
   */
  RAW_PREDICTION("raw prediction"),

  /** From the hidden pixels themselves: sharp and rightly lit, with help the model never had. */
  TRUE_STATISTICS("de-normalised with the true patch statistics: flattering"),

  /** From the visible tokens around: what can honestly be shown. */
  VISIBLE_STATISTICS("de-normalised with statistics of the visible patches");

  private final String label;

  Denormalisation(String label) {
    this.label = label;
  }

  /** For the reader of a picture. */
  public String label() {
    return label;
  }
}
