package io.tubelet.model;

/** What width, depth and heads of any stack of blocks must satisfy. */
final class Sizes {
  private Sizes() {}

  static void require(String part, int width, int depth, int heads) {
    if (width < 1 || depth < 1 || heads < 1) {
      throw new IllegalArgumentException(
          "%s.width, %s.depth and %s.heads must be at least 1, got %d, %d and %d"
              .formatted(part, part, part, width, depth, heads));
    }
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "%s.width must be a multiple of %s.heads: width=%d, heads=%d (remainder %d)"
              .formatted(part, part, width, heads, width % heads));
    }
  }
}
