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
    return MaskRatio.keptThroughout(ratio, shape);
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
    boolean[] hidden = new boolean[places];
    for (int i = 0; i < MaskRatio.hiddenPlaces(ratio, shape); i++) {
      hidden[shuffled[i]] = true;
    }
    return Mask.ofHiddenPlaces(hidden, shape.slots());
  }
}
