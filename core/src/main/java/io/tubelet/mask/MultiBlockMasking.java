package io.tubelet.mask;

import io.tubelet.clip.ClipShape;
import java.util.random.RandomGenerator;

/**
 * Several blocks are hidden through the whole clip (V-JEPA, https://arxiv.org/abs/2404.08471,
 * section 3.2): as with tubes, nothing can be copied from the slot beside it, and as with blocks,
 * little from the place beside it.
 *
 * <p>Each block covers about {@code blockArea} of the picture, rows to columns between 0.75 and
 * 1.5: 0.15 is V-JEPA's short range, which needs many blocks, 0.7 its long range. Blocks may
 * overlap and are drawn until {@code (int) (ratio * places)} places are hidden, as {@link
 * TubeMasking} counts them; the last one is cut to what is still to be hidden. V-JEPA draws a fixed
 * number of blocks instead, 8 or 2, and cuts the clips of a batch to equal counts.
 *
 * @param blockArea share of the picture, in (0, 1]
 */
public record MultiBlockMasking(double ratio, double blockArea) implements Masking {
  private static final double LEAST_ASPECT = 0.75;
  private static final double MOST_ASPECT = 1.5;

  public MultiBlockMasking {
    MaskRatio.require(ratio);
    if (!(blockArea > 0 && blockArea <= 1)) {
      throw new IllegalArgumentException("mask.block-area must lie in (0, 1], got " + blockArea);
    }
  }

  @Override
  public int keptTokens(ClipShape shape) {
    return MaskRatio.keptThroughout(ratio, shape);
  }

  @Override
  public Masking withRatio(double other) {
    return new MultiBlockMasking(other, blockArea);
  }

  @Override
  public String label() {
    return "multi-block (%s)".formatted(blockArea);
  }

  @Override
  public Mask draw(ClipShape shape, RandomGenerator rng) {
    visibleTokens(shape);
    ClipShape slot = shape.withFrames(shape.tube());
    CuboidUnion union = new CuboidUnion(slot, MaskRatio.hiddenPlaces(ratio, shape));
    while (!union.isComplete()) {
      double aspect = rng.nextDouble(LEAST_ASPECT, MOST_ASPECT);
      union.add(Cuboid.draw(slot, 1, blockArea, aspect, rng));
    }
    return Mask.ofHiddenPlaces(union.hidden(), shape.slots());
  }
}
