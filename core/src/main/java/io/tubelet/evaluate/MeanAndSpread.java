package io.tubelet.evaluate;

import java.util.Arrays;
import java.util.Locale;

/**
 * One number measured several times: with other seeds, or on the splits of a data set.
 *
 * @param mean of the values
 * @param spread sample standard deviation, which divides by {@code n - 1}; {@code NaN} for one
 *     value
 * @param n how many values
 */
public record MeanAndSpread(double mean, double spread, int n) {

  /** Of at least one value. */
  public static MeanAndSpread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a mean needs at least one value");
    }
    int n = values.length;
    double mean = Arrays.stream(values).sum() / n;
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return new MeanAndSpread(mean, n == 1 ? Double.NaN : Math.sqrt(squares / (n - 1)), n);
  }

  /** Shares as a results table has them: {@code 61.3 ± 1.2 (n = 3)}, in percent. */
  public String percent() {
    return text(100, 1);
  }

  /** The numbers as they are, with so many decimals: {@code 2.71 ± 0.04 (n = 3)}. */
  public String text(int decimals) {
    return text(1, decimals);
  }

  private String text(double unit, int decimals) {
    String number = "%." + decimals + "f";
    return n == 1
        ? String.format(Locale.ROOT, number + " (n = 1)", unit * mean)
        : String.format(
            Locale.ROOT, number + " ± " + number + " (n = %d)", unit * mean, unit * spread, n);
  }
}
