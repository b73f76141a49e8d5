package io.tubelet.train;

import io.tubelet.augment.MixConfig;
import io.tubelet.augment.RandAugment;
import io.tubelet.augment.RandomErasing;

/**
 * How labels teach: what is done to clips that have one, beyond the crop, and to the labels.
 *
 * @param randAugment operations on whole frames, before the crop
 * @param erasing a box of noise, after the crop
 * @param mix mixup and cutmix of whole batches
 * @param smoothing share of each label that is spread over all classes
 */
public record Supervision(
    RandAugment randAugment, RandomErasing erasing, MixConfig mix, double smoothing) {
  public Supervision {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "supervision.smoothing must lie in [0, 1), got " + smoothing);
    }
  }
}
