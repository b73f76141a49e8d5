package io.tubelet.augment;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Blurs some clips with a Gaussian of random width, alike in all frames.
 *
 * @param probability share of clips that are blurred
 * @param minSigma least standard deviation in pixels of the clip; 0.1 in BYOL and MoCo v3, whose
 *     pictures are 224 pixels wide
 * @param maxSigma largest; 2 there
 */
public record GaussianBlur(double probability, double minSigma, double maxSigma) {

  public GaussianBlur {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("blur.probability must lie in [0, 1], got " + probability);
    }
    if (!(minSigma > 0 && minSigma <= maxSigma && Double.isFinite(maxSigma))) {
      throw new IllegalArgumentException(
          "blur needs 0 < min-sigma <= max-sigma, got min-sigma=%s, max-sigma=%s"
              .formatted(minSigma, maxSigma));
    }
  }

  /** The blur of one clip, or nothing. */
  List<PhotometricChange> draw(RandomGenerator rng) {
    return rng.nextDouble() < probability
        ? List.of(
            new PhotometricChange(
                PhotometricOperation.BLUR, minSigma + (maxSigma - minSigma) * rng.nextDouble()))
        : List.of();
  }
}
