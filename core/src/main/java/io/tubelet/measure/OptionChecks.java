package io.tubelet.measure;

/** Complaints about numbers; they begin with the name of the option, without its dashes. */
final class OptionChecks {
  private OptionChecks() {}

  static void requireAtLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, got %d".formatted(name, least, value));
    }
  }

  static void requireMultiple(String name, int value, int of, String why) {
    if (value < of || value % of != 0) {
      throw new IllegalArgumentException(
          "%s must be a multiple of %d, %s, got %d".formatted(name, of, why, value));
    }
  }
}
