package io.tubelet.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Round numbers along an axis.
 *
 * @param low lowest value of the axis
 * @param high highest value of the axis, above {@code low}
 * @param values where lines and numbers stand, ascending
 */
public record Ticks(double low, double high, double[] values) {

  /** An axis widened to whole steps, so that its first and last tick enclose the values. */
  public static Ticks covering(double low, double high, int about) {
    double top = high > low ? high : low + Math.max(Math.abs(low) * 0.1, 1e-9);
    double step = step(top - low, about);
    return stepping(Math.floor(low / step + 1e-9), Math.ceil(top / step - 1e-9), step);
  }

  /** The round numbers within an axis that ends where the values end. */
  public static Ticks over(double low, double high, int about) {
    double top = high > low ? high : low + 1;
    double step = step(top - low, about);
    return stepping(Math.ceil(low / step - 1e-9), Math.floor(top / step + 1e-9), step);
  }

  /** One, two or five times a power of ten, giving about the number of steps asked for. */
  private static double step(double range, int about) {
    double power = Math.pow(10, Math.floor(Math.log10(range / about)));
    double factor = range / about / power;
    return power * (factor <= 1.5 ? 1 : factor <= 3.5 ? 2 : factor <= 7.5 ? 5 : 10);
  }

  private static Ticks stepping(double first, double last, double step) {
    double[] values = new double[(int) Math.max(1, last - first + 1)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (first + i) * step;
    }
    return new Ticks(first * step, last * step, values);
  }

  /** A number without the noise of binary fractions: {@code 0.3, 12, 25000}. */
  public static String plain(double value) {
    BigDecimal exact = new BigDecimal(value).setScale(9, RoundingMode.HALF_EVEN);
    return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
  }
}
