package io.tubelet.augment;

import java.util.random.RandomGenerator;

/**
 * Mixup (https://arxiv.org/abs/1710.09412) and cutmix (https://arxiv.org/abs/1905.04899), one draw
 * for a whole batch; where both are on, one of them is drawn.
 *
 * @param mixupAlpha the share is drawn from Beta(alpha, alpha); 0 for no mixup; 0.8 in both papers'
 *     recipes
 * @param cutmixAlpha likewise for cutmix; 1
 * @param probability share of batches that are mixed at all; 1
 * @param switchProbability share of cutmix where both are on; 0.5
 */
public record MixConfig(
    double mixupAlpha, double cutmixAlpha, double probability, double switchProbability) {

  /** Clips stay as they are. */
  public static final MixConfig NONE = new MixConfig(0, 0, 0, 0);

  public MixConfig {
    requireAlpha("mixup-alpha", mixupAlpha);
    requireAlpha("cutmix-alpha", cutmixAlpha);
    requireProbability("probability", probability);
    requireProbability("switch-probability", switchProbability);
  }

  /** Whether a batch may ever be mixed: it then needs {@link MixDraw#requirePairs pairs}. */
  public boolean mixes() {
    return (mixupAlpha > 0 || cutmixAlpha > 0) && probability > 0;
  }

  /** How one batch is mixed; the same generator state gives the same draw. */
  public MixDraw draw(int height, int width, RandomGenerator rng) {
    if (!mixes() || rng.nextDouble() >= probability) {
      return MixDraw.NONE;
    }
    boolean both = mixupAlpha > 0 && cutmixAlpha > 0;
    boolean cutmix = both ? rng.nextDouble() < switchProbability : cutmixAlpha > 0;
    if (!cutmix) {
      return MixDraw.mixup(SymmetricBeta.draw(mixupAlpha, rng));
    }
    double lambda = SymmetricBeta.draw(cutmixAlpha, rng);
    return MixDraw.cutmix(lambda, rng.nextInt(height), rng.nextInt(width), height, width);
  }

  private static void requireAlpha(String name, double alpha) {
    if (!(alpha >= 0 && Double.isFinite(alpha))) {
      throw new IllegalArgumentException(
          "mix.%s must be at least 0, got %s".formatted(name, alpha));
    }
  }

  private static void requireProbability(String name, double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "mix.%s must lie from 0 to 1, got %s".formatted(name, probability));
    }
  }
}
