package io.tubelet.mask;

import io.tubelet.clip.ClipShape;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Whole slots of time are hidden, the same at every place (mae_st, Fig. 4c; VideoMAE, Table 1b):
 * what lies between must come from how things move.
 *
 * <p>Keeps {@code slots * (1 - ratio)} slots to the nearest whole number, at least one: of 8 slots
 * 2 at 0.75, 1 at 0.875 and, as there is no 0.8 of a slot, 1 at 0.9.
 */
public record FrameMasking(double ratio) implements Masking {

  public FrameMasking {
    MaskRatio.require(ratio);
  }

  @Override
  public int keptTokens(ClipShape shape) {
    return shape.tokensPerSlot() * keptSlots(shape);
  }

  private int keptSlots(ClipShape shape) {
    return (int) Math.max(1, Math.round(shape.slots() * (1 - ratio)));
  }

  @Override
  public Masking withRatio(double other) {
    return new FrameMasking(other);
  }

  @Override
  public String label() {
    return "frame";
  }

  @Override
  public Mask draw(ClipShape shape, RandomGenerator rng) {
    visibleTokens(shape);
    boolean[] hidden = new boolean[shape.tokens()];
    int left = shape.slots() - keptSlots(shape);
    for (int slot = 0; left > 0; slot++) {
      if (rng.nextInt(shape.slots() - slot) < left) { // each choice of slots is equally likely
        Arrays.fill(hidden, slot * shape.tokensPerSlot(), (slot + 1) * shape.tokensPerSlot(), true);
        left--;
      }
    }
    return Mask.ofHidden(hidden);
  }
}
