package io.tubelet.augment;

import io.tubelet.clip.CropBox;
import java.util.random.RandomGenerator;

/** The largest box of the clip's shape, in the middle; nothing is drawn. For looking at results. */
public record CentreCrop() implements Cropping {

  @Override
  public CropBox draw(
      int sourceHeight, int sourceWidth, int height, int width, RandomGenerator rng) {
    return box(sourceHeight, sourceWidth, height, width);
  }

  /** The box, without a generator. */
  public static CropBox box(int sourceHeight, int sourceWidth, int height, int width) {
    int boxHeight = (int) Math.max(1, Math.min(sourceHeight, (long) sourceWidth * height / width));
    int boxWidth = (int) Math.max(1, Math.min(sourceWidth, (long) sourceHeight * width / height));
    return new CropBox(
        (sourceHeight - boxHeight) / 2, (sourceWidth - boxWidth) / 2, boxHeight, boxWidth);
  }

  @Override
  public Resampling resampling() {
    return Resampling.ANTIALIASED;
  }
}
