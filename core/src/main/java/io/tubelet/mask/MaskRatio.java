package io.tubelet.mask;

import io.tubelet.clip.ClipShape;

/** What every mask ratio must satisfy, and how the papers round what it leaves. */
final class MaskRatio {
  private MaskRatio() {}

  static void require(double ratio) {
    if (!(ratio > 0 && ratio < 1)) {
      throw new IllegalArgumentException(
          "mask.ratio must lie between 0 and 1, both excluded, got " + ratio);
    }
  }

  /**
   * Tokens that stay visible where single ones are hidden: {@code (int) (N * (1 - ratio))}, in
   * double arithmetic and truncated as mae_st's program does.
   */
  static int keptAnywhere(double ratio, ClipShape shape) {
    return (int) (shape.tokens() * (1 - ratio));
  }

  /** Places to hide in every slot: {@code (int) (ratio * places)}, as VideoMAE's program does. */
  static int hiddenPlaces(double ratio, ClipShape shape) {
    return (int) (ratio * shape.tokensPerSlot());
  }

  /** Tokens that stay visible where {@link #hiddenPlaces} are hidden through the whole clip. */
  static int keptThroughout(double ratio, ClipShape shape) {
    return shape.slots() * (shape.tokensPerSlot() - hiddenPlaces(ratio, shape));
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
