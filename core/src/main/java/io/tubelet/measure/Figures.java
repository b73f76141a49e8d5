package io.tubelet.measure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.OptionalLong;

/** Numbers as they are printed and drawn. */
final class Figures {
  private static final MathContext THREE = new MathContext(3);

  private Figures() {}

  /** Three digits that say something, whatever the size: {@code 0.00415, 1.60, 4680}. */
  static String three(double value) {
    BigDecimal rounded = new BigDecimal(value).round(THREE);
    int missing = THREE.getPrecision() - rounded.precision(); // noughts that a double has not kept
    return rounded.setScale(rounded.scale() + Math.max(0, missing)).toPlainString();
  }

  /** The least and the most. */
  static String ends(Spread spread) {
    return three(spread.least()) + " to " + three(spread.most());
  }

  static String percent(double share) {
    return "%.0f %%".formatted(100 * share);
  }

  static String gigabytes(OptionalLong bytes) {
    return bytes.isEmpty()
        ? "unknown"
        : String.format(Locale.ROOT, "%.2f GB", bytes.getAsLong() / 1e9);
  }
}
