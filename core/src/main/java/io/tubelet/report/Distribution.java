package io.tubelet.report;

import java.util.Arrays;
import java.util.Locale;

/**
 * Many values of one quantity: their quartiles, and how many fall where.
 *
 * @param name of the quantity
 * @param unit of its values, such as {@code s}; empty for none
 * @param values ascending
 */
public record Distribution(String name, String unit, double[] values) {
  private static final int BINS = 24;
  private static final double WIDE = 20;

  public Distribution {
    values = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
  }

  /** How many values. */
  public int count() {
    return values.length;
  }

  /** The value below which a share of the others lies; {@code NaN} where there are none. */
  public double quantile(double share) {
    return values.length == 0
        ? Double.NaN
        : values[(int) Math.min(values.length - 1, Math.floor(share * values.length))];
  }

  /** Mean of all; {@code NaN} where there are none. */
  public double mean() {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** A value with about three digits. */
  static String text(double value) {
    boolean whole = value == Math.rint(value) || Math.abs(value) >= 100;
    String form = whole ? "%,.0f" : Math.abs(value) < 10 ? "%.2f" : "%.1f";
    return String.format(Locale.ROOT, form, value);
  }

  /** Least, quartiles, largest and mean, in words. */
  public String summary() {
    return values.length == 0
        ? "unknown"
        : "%s to %s%s, median %s, mean %s"
            .formatted(
                text(quantile(0)),
                text(quantile(1)),
                unit.isEmpty() ? "" : " " + unit,
                text(quantile(0.5)),
                text(mean()));
  }

  /** Bars over equal stretches; over equal ratios where the values span several powers of ten. */
  Histogram histogram() {
    double low = quantile(0);
    double high = quantile(1);
    boolean ratios = low > 0 && high / low > WIDE && quantile(0.5) < (low + high) / 4;
    return ratios
        ? Histogram.of(this, Math.log(low), Math.log(high), BINS, Math::log, Math::exp)
        : Histogram.of(this, low, high, BINS, v -> v, v -> v);
  }
}
