package io.tubelet.data;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Random streams by purpose, pass and sample, never one shared generator: the order in which
 * threads work cannot change a run, nor can a new augmentation shift the masks.
 *
 * @param run the seed of the run
 */
public record Seeds(long run) {

  /** What a stream is for. The numbers are part of every run's identity: append, never reorder. */
  public enum Purpose {
    /** The order of the videos in a pass. */
    SHUFFLE(1),
    /** Which frames a clip takes. */
    CLIP(2),
    /** Crop and flip. */
    AUGMENT(3),
    /** Which tokens are hidden. */
    MASK(4),
    /** Which operations change the look of a clip. */
    APPEARANCE(5),
    /** Which box is erased, and with what noise. */
    ERASE(6),
    /** How a batch is mixed. */
    MIX(7),
    /** Which branches and features are dropped. */
    DROP(8),
    /** How colours are changed, and what else sets the views of a video apart. */
    PHOTOMETRIC(9),
    /** Which words a tokenizer in training draws. */
    WORDS(10),
    /** Which videos make a part of all. */
    PART(100);

    private final long number;

    Purpose(long number) {
      this.number = number;
    }
  }

  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  /** A fresh generator; the same arguments always give the same numbers. */
  public RandomGenerator stream(Purpose purpose, long pass, long sample) {
    return new SplittableRandom(mix(mix(mix(run, purpose.number), pass), sample));
  }

  private static long mix(long state, long value) {
    return new SplittableRandom(state + (value + 1) * GOLDEN_RATIO).nextLong();
  }
}
