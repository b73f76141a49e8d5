package io.tubelet.mask;

import io.tubelet.clip.ClipShape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Space-time agnostic masking: tokens are hidden anywhere, independently of time and place (mae_st,
 * section 3.1 and Fig. 4a).
 *
 * <p>Keeps {@code (int) (N * (1 - ratio))} tokens, in double arithmetic and truncated as the
 * official program does: 1568 tokens at 0.9 keep 156, and 20 tokens at 0.8 keep 3, not 4.
 */
public record RandomMasking(double ratio) implements Masking {

  public RandomMasking {
    MaskRatio.require(ratio);
  }

  @Override
  public int keptTokens(ClipShape shape) {
    return MaskRatio.keptAnywhere(ratio, shape);
  }

  @Override
  public Masking withRatio(double other) {
    return new RandomMasking(other);
  }

  @Override
  public String label() {
    return "random";
  }

  @Override
  public Mask draw(ClipShape shape, RandomGenerator rng) {
    double[] noise = new double[shape.tokens()];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = rng.nextDouble();
    }
    return fromNoise(noise, visibleTokens(shape));
  }

  /** The tokens with the smallest noise stay visible. */
  public static Mask fromNoise(double[] noise, int visibleTokens) {
    int[] byNoise =
        IntStream.range(0, noise.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> noise[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    boolean[] hidden = new boolean[noise.length];
    Arrays.fill(hidden, true);
    for (int i = 0; i < visibleTokens; i++) {
      hidden[byNoise[i]] = false;
    }
    return Mask.ofHidden(hidden);
  }
}
