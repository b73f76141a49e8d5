package io.tubelet.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What is done to one of two views that are contrasted, beyond crop, flip and colour jitter: BYOL's
 * augmentations (https://arxiv.org/abs/2006.07733, Table 6), which MoCo v3 took over, in their
 * order.
 *
 * @param greyscale share of clips that lose their colours; 0.2
 * @param blur 1 of the first views and 0.1 of the second
 * @param solarise share of clips whose values from 128 on are inverted; 0 and 0.2
 */
public record ViewAugmentation(double greyscale, GaussianBlur blur, double solarise) {
  private static final int HALF = 128;

  public ViewAugmentation {
    requireShare("greyscale", greyscale);
    requireShare("solarise", solarise);
  }

  private static void requireShare(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "views.%s must lie in [0, 1], got %s".formatted(name, value));
    }
  }

  /** What is done to one clip, in order; the same generator state gives the same list. */
  public List<PhotometricChange> draw(RandomGenerator rng) {
    List<PhotometricChange> changes = new ArrayList<>();
    if (rng.nextDouble() < greyscale) {
      changes.add(new PhotometricChange(PhotometricOperation.GREYSCALE, 0));
    }
    changes.addAll(blur.draw(rng));
    if (rng.nextDouble() < solarise) {
      changes.add(new PhotometricChange(PhotometricOperation.SOLARISE, HALF));
    }
    return List.copyOf(changes);
  }
}
