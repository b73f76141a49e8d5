package io.tubelet.probe;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One of the settings that a probe tries, for tables and reports.
 *
 * @param values by name, in the order they are shown
 */
public record Setting(Map<String, Double> values) {
  public Setting {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** {@code lr 0.4, weight-decay 0}. */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(value -> value.getKey() + " " + plain(value.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
