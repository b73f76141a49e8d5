package io.tubelet.mask;

import io.tubelet.clip.ClipShape;
import java.util.random.RandomGenerator;

/**
 * One spatial mask repeated over time, so that a hidden patch cannot be copied from the slot beside
 * it (VideoMAE, section 3.3).
 *
 * <p>Hides {@code (int) (ratio * places)} places of every slot: 176 of 196 at 0.9, so that 160 of
 * 1568 tokens stay visible.
 */
public record TubeMasking(double ratio) implements Masking {

  public TubeMasking {
    MaskRatio.require(ratio);
  }

  @Override
  public int keptTokens(ClipShape shape) {
    return shape.slots() * (shape.tokensPerSlot() - hiddenPlaces(shape));
  }

  @Override
  public Masking withRatio(double other) {
    return new TubeMasking(other);
  }

  @Override
  public String label() {
    return "tube";
  }

  @Override
  public Mask draw(ClipShape shape, RandomGenerator rng) {
    visibleTokens(shape);
    int places = shape.tokensPerSlot();
    int[] shuffled = new int[places];
    for (int i = 0; i < places; i++) {
      int j = rng.nextInt(i + 1);
      shuffled[i] = shuffled[j];
      shuffled[j] = i;
    }
    boolean[] hidden = new boolean[shape.tokens()];
    for (int i = 0; i < hiddenPlaces(shape); i++) {
      for (int slot = 0; slot < shape.slots(); slot++) {
        hidden[slot * places + shuffled[i]] = true;
      }
    }
    return Mask.ofHidden(hidden);
  }

  private int hiddenPlaces(ClipShape shape) {
    return (int) (ratio * shape.tokensPerSlot());
  }
}
