package io.tubelet.augment;

import static io.tubelet.augment.PhotometricOperation.BRIGHTNESS;
import static io.tubelet.augment.PhotometricOperation.CONTRAST;
import static io.tubelet.augment.PhotometricOperation.HUE;
import static io.tubelet.augment.PhotometricOperation.SATURATION;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Colour jitter: brightness, contrast, saturation and hue of some clips changed by random amounts
 * in random order, alike in all frames.
 *
 * @param probability share of clips that are changed; 0 for none
 * @param brightness its factor is uniform in {@code [1 - brightness, 1 + brightness]}, not below 0;
 *     0 leaves it alone
 * @param contrast likewise
 * @param saturation likewise
 * @param hue hues are turned by a share of their circle uniform in {@code [-hue, hue]}, at most 0.5
 */
public record ColourJitter(
    double probability, double brightness, double contrast, double saturation, double hue) {

  /** Nothing is ever changed. */
  public static final ColourJitter NONE = new ColourJitter(0, 0, 0, 0, 0);

  public ColourJitter {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "colour-jitter.probability must lie in [0, 1], got " + probability);
    }
    requireNotNegative("brightness", brightness);
    requireNotNegative("contrast", contrast);
    requireNotNegative("saturation", saturation);
    if (!(hue >= 0 && hue <= 0.5)) {
      throw new IllegalArgumentException("colour-jitter.hue must lie in [0, 0.5], got " + hue);
    }
  }

  private static void requireNotNegative(String name, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          "colour-jitter.%s must be 0 or more, got %s".formatted(name, value));
    }
  }

  /** What is done to one clip, in order; the same generator state gives the same list. */
  public List<PhotometricChange> draw(RandomGenerator rng) {
    List<PhotometricChange> changes = new ArrayList<>();
    if (rng.nextDouble() < probability) {
      addFactor(changes, BRIGHTNESS, brightness, rng);
      addFactor(changes, CONTRAST, contrast, rng);
      addFactor(changes, SATURATION, saturation, rng);
      if (hue > 0) {
        changes.add(new PhotometricChange(HUE, uniform(-hue, hue, rng)));
      }
      shuffle(changes, rng);
    }
    return List.copyOf(changes);
  }

  private static void addFactor(
      List<PhotometricChange> changes,
      PhotometricOperation operation,
      double strength,
      RandomGenerator rng) {
    if (strength > 0) {
      double factor = uniform(Math.max(0, 1 - strength), 1 + strength, rng);
      changes.add(new PhotometricChange(operation, factor));
    }
  }

  private static void shuffle(List<PhotometricChange> changes, RandomGenerator rng) {
    for (int i = changes.size() - 1; i > 0; i--) {
      changes.add(changes.remove(rng.nextInt(i + 1)));
    }
  }

  private static double uniform(double from, double to, RandomGenerator rng) {
    return from + (to - from) * rng.nextDouble();
  }
}
