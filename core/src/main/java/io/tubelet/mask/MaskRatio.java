package io.tubelet.mask;

/** What every mask ratio must satisfy. */
final class MaskRatio {
  private MaskRatio() {}

  static void require(double ratio) {
    if (!(ratio > 0 && ratio < 1)) {
      throw new IllegalArgumentException(
          "mask.ratio must lie between 0 and 1, both excluded, got " + ratio);
    }
  }

  static boolean isBothSides(int visible, int tokens) {
    return visible >= 1 && visible < tokens;
  }

  static int requireBothSides(int visible, int tokens, double ratio) {
    if (!isBothSides(visible, tokens)) {
      throw new IllegalArgumentException(
          "mask.ratio=%s leaves %d of %d tokens visible; at least one must stay visible and one be hidden"
              .formatted(ratio, visible, tokens));
    }
    return visible;
  }
}
