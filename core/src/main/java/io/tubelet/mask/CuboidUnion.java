package io.tubelet.mask;

import io.tubelet.clip.ClipShape;

/**
 * Hides cuboid after cuboid until an exact number of tokens is hidden: what the last one has too
 * many of, counted slot by slot and row by row, stays as it was.
 */
final class CuboidUnion {
  private final ClipShape shape;
  private final boolean[] hidden;
  private int left;

  CuboidUnion(ClipShape shape, int tokensToHide) {
    this.shape = shape;
    hidden = new boolean[shape.tokens()];
    left = tokensToHide;
  }

  boolean isComplete() {
    return left == 0;
  }

  void add(Cuboid cuboid) {
    for (int slot = cuboid.slot(); slot < cuboid.slot() + cuboid.slots(); slot++) {
      for (int row = cuboid.row(); row < cuboid.row() + cuboid.rows(); row++) {
        int first = slot * shape.tokensPerSlot() + row * shape.columns() + cuboid.column();
        for (int token = first; token < first + cuboid.columns(); token++) {
          hide(token);
        }
      }
    }
  }

  private void hide(int token) {
    if (left > 0 && !hidden[token]) {
      hidden[token] = true;
      left--;
    }
  }

  /** A flag a token, true where hidden. */
  boolean[] hidden() {
    return hidden;
  }
}
