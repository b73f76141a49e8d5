package io.tubelet.augment;

import io.tubelet.clip.CropBox;
import java.util.random.RandomGenerator;

/**
 * A box of random area, shape and place, as mae_st draws it: area uniform in {@code [minScale,
 * maxScale]} of the frame, shape log-uniform in {@code [minAspect, maxAspect]}, up to ten tries
 * until it fits, then the largest centred box whose shape is allowed.
 *
 * <p>The shape is width over height relative to the clip's own, so that clips that are not square
 * are distorted as little as square ones.
 *
 * @param minScale smallest share of the frame's area; 0.5 in mae_st's pre-training
 * @param maxScale largest share of the frame's area; 1
 * @param minAspect narrowest shape; 0.75
 * @param maxAspect widest shape; 1.3333
 * @param resampling how the box is resized; bilinear in both official programs
 */
public record RandomResizedCrop(
    double minScale, double maxScale, double minAspect, double maxAspect, Resampling resampling)
    implements Cropping {

  private static final int TRIES = 10;

  public RandomResizedCrop {
    if (!(minScale > 0 && minScale <= maxScale && maxScale <= 1)) {
      throw new IllegalArgumentException(
          "crop needs 0 < min-scale <= max-scale <= 1, got min-scale=%s, max-scale=%s"
              .formatted(minScale, maxScale));
    }
    if (!(minAspect > 0 && minAspect <= maxAspect && Double.isFinite(maxAspect))) {
      throw new IllegalArgumentException(
          "crop needs 0 < min-aspect <= max-aspect, got min-aspect=%s, max-aspect=%s"
              .formatted(minAspect, maxAspect));
    }
  }

  @Override
  public CropBox draw(
      int sourceHeight, int sourceWidth, int height, int width, RandomGenerator rng) {
    double area = (double) sourceHeight * sourceWidth;
    double own = (double) width / height;
    for (int i = 0; i < TRIES; i++) {
      double wanted = uniform(minScale, maxScale, rng) * area;
      double aspect = own * Math.exp(uniform(Math.log(minAspect), Math.log(maxAspect), rng));
      // Half to even, as Python rounds.
      int boxWidth = (int) Math.rint(Math.sqrt(wanted * aspect));
      int boxHeight = (int) Math.rint(Math.sqrt(wanted / aspect));
      if (0 < boxWidth && boxWidth <= sourceWidth && 0 < boxHeight && boxHeight <= sourceHeight) {
        int top = rng.nextInt(sourceHeight - boxHeight + 1);
        int left = rng.nextInt(sourceWidth - boxWidth + 1);
        return new CropBox(top, left, boxHeight, boxWidth);
      }
    }
    return fallback(sourceHeight, sourceWidth, own);
  }

  private CropBox fallback(int sourceHeight, int sourceWidth, double own) {
    double aspect = (double) sourceWidth / sourceHeight;
    int boxHeight = sourceHeight;
    int boxWidth = sourceWidth;
    if (aspect < own * minAspect) {
      boxHeight = (int) Math.max(1, Math.rint(sourceWidth / (own * minAspect)));
    } else if (aspect > own * maxAspect) {
      boxWidth = (int) Math.max(1, Math.rint(sourceHeight * (own * maxAspect)));
    }
    return new CropBox(
        (sourceHeight - boxHeight) / 2, (sourceWidth - boxWidth) / 2, boxHeight, boxWidth);
  }

  private static double uniform(double from, double to, RandomGenerator rng) {
    return from + (to - from) * rng.nextDouble();
  }
}
