package io.tubelet.augment;

import io.tubelet.clip.CropBox;
import io.tubelet.clip.Frames;
import io.tubelet.clip.Size;
import java.util.random.RandomGenerator;

/**
 * What was drawn for one clip: enough to make the same pixels again.
 *
 * @param box the rectangle taken from the source
 * @param flip whether the clip is mirrored left to right
 * @param resampling how the box is resized
 */
public record Crop(CropBox box, boolean flip, Resampling resampling) {

  /**
   * Draws a box, then whether to mirror it.
   *
   * @param flipProbability from 0, never, to 1, always
   */
  public static Crop draw(
      Cropping cropping,
      double flipProbability,
      Size source,
      int height,
      int width,
      RandomGenerator rng) {
    CropBox box = cropping.draw(source.height(), source.width(), height, width, rng);
    // Drawn even where the answer is known, so that a flip changes nothing else of a run.
    boolean flip = rng.nextDouble() < flipProbability;
    return new Crop(box, flip, cropping.resampling());
  }

  /** What crops and resizes frame by frame; {@link #flip} is its caller's to pass on. */
  public Resizer resizer(int height, int width) {
    return resampling.resizer(box, height, width);
  }

  /** All frames of {@code source}, cropped and resized: {@code [T, height, width, 3]}. */
  public Frames apply(Frames source, int height, int width) {
    int[] all = new int[source.count()];
    for (int t = 0; t < all.length; t++) {
      all[t] = t;
    }
    byte[] rgb = new byte[Math.multiplyExact(all.length, height * width * 3)];
    apply(source, all, height, width, rgb, 0);
    return new Frames(all.length, height, width, rgb);
  }

  /**
   * Some frames of {@code source}, cropped and resized into a larger array.
   *
   * @param frames which frames, in the order they are written
   * @param target takes {@code [frames, height, width, 3]} from byte {@code offset} on
   */
  public void apply(Frames source, int[] frames, int height, int width, byte[] target, int offset) {
    Resizer resizer = resizer(height, width);
    for (int t = 0; t < frames.length; t++) {
      resizer.resize(source, frames[t], flip, target, offset + t * height * width * 3);
    }
  }
}
