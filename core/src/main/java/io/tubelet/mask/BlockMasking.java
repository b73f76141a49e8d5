package io.tubelet.mask;

import io.tubelet.clip.ClipShape;
import java.util.random.RandomGenerator;

/**
 * Large regions of space-time are hidden, cuboid by cuboid (mae_st, Fig. 4d: "block-wise" or "cube"
 * masking): what is visible lies together, too.
 *
 * <p>A block lasts from one slot to all of them and covers a twelfth to half of the picture, rows
 * to columns between 0.3 and 1/0.3 (BEiT, https://arxiv.org/abs/2106.08254, Algorithm 1, and in
 * time as MaskFeat, https://arxiv.org/abs/2112.09133); neither paper of ours prints its blocks.
 * Blocks may overlap. Keeps {@code (int) (N * (1 - ratio))} tokens, as {@link RandomMasking} does:
 * the last block is cut to what is still to be hidden.
 */
public record BlockMasking(double ratio) implements Masking {
  private static final double LEAST_AREA = 1 / 12.0;
  private static final double MOST_AREA = 0.5;
  private static final double LEAST_ASPECT = 0.3;

  public BlockMasking {
    MaskRatio.require(ratio);
  }

  @Override
  public int keptTokens(ClipShape shape) {
    return MaskRatio.keptAnywhere(ratio, shape);
  }

  @Override
  public Masking withRatio(double other) {
    return new BlockMasking(other);
  }

  @Override
  public String label() {
    return "block";
  }

  @Override
  public Mask draw(ClipShape shape, RandomGenerator rng) {
    CuboidUnion union = new CuboidUnion(shape, shape.tokens() - visibleTokens(shape));
    while (!union.isComplete()) {
      int slots = 1 + rng.nextInt(shape.slots());
      double area = rng.nextDouble(LEAST_AREA, MOST_AREA);
      double aspect = Math.exp(rng.nextDouble(-1, 1) * Math.log(LEAST_ASPECT));
      union.add(Cuboid.draw(shape, slots, area, aspect, rng));
    }
    return Mask.ofHidden(union.hidden());
  }
}
