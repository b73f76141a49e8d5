package io.tubelet.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of memory, written {@code 0}, {@code 512MiB} or {@code 4GiB}. */
public record ByteSize(long bytes) {

  public static final ByteSize ZERO = new ByteSize(0);

  private static final Pattern FORM =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(B|KIB|MIB|GIB|TIB)?", Pattern.CASE_INSENSITIVE);
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("an amount of memory must not be negative, got " + bytes);
    }
  }

  /** Reads {@code 4GiB}, {@code 1.5 MiB}, or a plain number of bytes. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ByteSize parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not an amount of memory; write 0, 512MiB or 4GiB".formatted(text));
    }
    String unit = form.group(2);
    int power = unit == null ? 0 : "BKMGT".indexOf(unit.toUpperCase(Locale.ROOT).charAt(0));
    return new ByteSize(Math.round(Double.parseDouble(form.group(1)) * (1L << (10 * power))));
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ByteSize of(long bytes) {
    return new ByteSize(bytes);
  }

  /** The shortest exact form; {@link #parse} reads it back. */
  @JsonValue
  @Override
  public String toString() {
    int power = 0;
    long amount = bytes;
    while (amount > 0 && amount % 1024 == 0 && power < UNITS.length - 1) {
      amount /= 1024;
      power++;
    }
    return amount + (amount == 0 ? "" : UNITS[power]);
  }
}
