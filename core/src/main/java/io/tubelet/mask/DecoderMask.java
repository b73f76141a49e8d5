package io.tubelet.mask;

import io.tubelet.clip.ClipShape;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Spares the decoder a part of the hidden tokens, which are then neither predicted nor scored:
 * VideoMAE V2's dual masking with running cells (https://arxiv.org/abs/2303.16727, section 3.2).
 *
 * <p>Every cell of 2 x 2 places spares the same of its four. From one slot of time to the next that
 * pattern runs on by one place, so that over four slots each place is predicted equally often;
 * where it begins is drawn for each clip. All clips of a batch must predict equally many tokens:
 * where cells and the encoder's mask do not come out even, chance adds or takes away the few.
 *
 * @param ratio share of each cell that is spared: 0 for none, 0.25, 0.5 (the paper's) or 0.75
 */
public record DecoderMask(double ratio) {
  /** All hidden tokens are predicted, as in both papers. */
  public static final DecoderMask NONE = new DecoderMask(0);

  /** VideoMAE V2's own. */
  public static final DecoderMask HALF = new DecoderMask(0.5);

  private static final int SIDE = 2;
  private static final int CELL = SIDE * SIDE;

  public DecoderMask {
    if (!(ratio >= 0 && ratio < 1 && ratio * CELL == Math.rint(ratio * CELL))) {
      throw new IllegalArgumentException(
          "decoder-mask.ratio must be 0 (none), 0.25, 0.5 or 0.75, got " + ratio);
    }
  }

  /**
   * How many of so many hidden tokens are predicted.
   *
   * @throws IllegalArgumentException when that would be none
   */
  int predicted(int hidden) {
    int predicted = (int) Math.round(hidden * (1 - ratio));
    if (predicted == 0) {
      throw new IllegalArgumentException(
          "decoder-mask.ratio=%s leaves none of %d hidden tokens to predict"
              .formatted(ratio, hidden));
    }
    return predicted;
  }

  /** The same mask with fewer hidden tokens; those that are spared are in neither list. */
  Mask spare(Mask mask, ClipShape shape, RandomGenerator rng) {
    int[] hidden = mask.hidden();
    int start = rng.nextInt(CELL);
    boolean[] predicted = new boolean[hidden.length];
    int count = 0;
    for (int i = 0; i < hidden.length; i++) {
      predicted[i] = (start + step(hidden[i], shape)) % CELL >= ratio * CELL;
      count += predicted[i] ? 1 : 0;
    }
    even(predicted, count, predicted(hidden.length), rng);
    return new Mask(mask.visible(), chosen(hidden, predicted));
  }

  /** How far the pattern has run when it comes to a token: by slots, and by places of the cell. */
  private static int step(int token, ClipShape shape) {
    int slot = token / shape.tokensPerSlot();
    int place = token % shape.tokensPerSlot();
    int row = place / shape.columns();
    int column = place % shape.columns();
    return slot + row % SIDE * SIDE + column % SIDE;
  }

  /** Changes as many as it takes to predict the number wanted; each choice is equally likely. */
  private static void even(boolean[] predicted, int count, int wanted, RandomGenerator rng) {
    boolean tooMany = count > wanted;
    int change = Math.abs(count - wanted);
    int candidates = tooMany ? count : predicted.length - count;
    for (int i = 0; change > 0; i++) {
      if (predicted[i] == tooMany && rng.nextInt(candidates--) < change) {
        predicted[i] = !tooMany;
        change--;
      }
    }
  }

  private static int[] chosen(int[] tokens, boolean[] isChosen) {
    int count = 0;
    int[] chosen = new int[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      if (isChosen[i]) {
        chosen[count++] = tokens[i];
      }
    }
    return Arrays.copyOf(chosen, count);
  }
}
