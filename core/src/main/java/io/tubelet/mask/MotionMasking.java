package io.tubelet.mask;

import io.tubelet.clip.ClipShape;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Tokens are hidden anywhere, those in which more moves more often, as told by the motion vectors
 * that the video was coded with. Beyond both papers; hiding what moves is the idea of motion-guided
 * masking (MGM, https://arxiv.org/abs/2308.12962), which moves a block along the vectors, while
 * here every token is drawn for itself.
 *
 * <p>Tokens are drawn one after the other without putting them back, with weights of {@code 1 +
 * strength * m / mean(m)} for movements m. Where nothing moves, all are alike, as in {@link
 * RandomMasking}, whose count it keeps.
 *
 * @param strength how much more often: with 3, a token that moves as the mean does is hidden like
 *     four still ones; 0 for no difference
 */
public record MotionMasking(double ratio, double strength) implements Masking {

  public MotionMasking {
    MaskRatio.require(ratio);
    if (!(strength >= 0 && strength < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "mask.strength must be 0 or more and finite, got " + strength);
    }
  }

  @Override
  public int keptTokens(ClipShape shape) {
    return MaskRatio.keptAnywhere(ratio, shape);
  }

  @Override
  public Masking withRatio(double other) {
    return new MotionMasking(other, strength);
  }

  @Override
  public String label() {
    return "motion-guided (" + strength + ")";
  }

  @Override
  public boolean followsMotion() {
    return true;
  }

  /** Of a clip of which no motion is known: as if nothing moved. */
  @Override
  public Mask draw(ClipShape shape, RandomGenerator rng) {
    return draw(shape, new double[shape.tokens()], rng);
  }

  @Override
  public Mask draw(ClipShape shape, double[] motion, RandomGenerator rng) {
    if (motion.length != shape.tokens()) {
      throw new IllegalArgumentException(
          "motion of %d tokens is needed, got %d".formatted(shape.tokens(), motion.length));
    }
    double mean = Arrays.stream(motion).average().orElse(0);
    double[] waits = new double[motion.length];
    for (int token = 0; token < waits.length; token++) {
      double weight = mean > 0 ? 1 + strength * motion[token] / mean : 1;
      // Whoever waits least is drawn first (Efraimidis and Spirakis): exponential by its weight.
      waits[token] = -Math.log(1 - rng.nextDouble()) / weight;
    }
    double[] stays = Arrays.stream(waits).map(wait -> -wait).toArray();
    return RandomMasking.fromNoise(stays, visibleTokens(shape));
  }
}
