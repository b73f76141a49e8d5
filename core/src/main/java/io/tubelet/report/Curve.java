package io.tubelet.report;

/**
 * A line for a page.
 *
 * @param title what it shows, with its unit
 * @param xLabel name of the horizontal axis, such as {@code epoch}
 * @param x ascending
 * @param y as many as {@code x}; one that is not finite is a gap
 */
public record Curve(String title, String xLabel, double[] x, double[] y) {

  public Curve {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "curve '%s': %d places on x, %d values".formatted(title, x.length, y.length));
    }
  }
}
