package io.tubelet.augment;

import io.tubelet.clip.CropBox;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Random erasing (https://arxiv.org/abs/1708.04896): some clips lose one box, the same in all
 * frames, to noise.
 *
 * <p>The area is uniform in {@code [minArea, maxArea]} of the frame, the shape, height over width,
 * log-uniform in {@code [minAspect, 1 / minAspect]}; a box counts if it is smaller than the frame
 * both ways, and after 100 that are not nothing is erased.
 *
 * @param probability share of clips that lose a box; 0.25 in both papers' recipes
 * @param minArea smallest share of the frame's area; 0.02
 * @param maxArea largest share of the frame's area; 1/3
 * @param minAspect flattest shape, at most 1; 0.3
 */
public record RandomErasing(double probability, double minArea, double maxArea, double minAspect) {

  private static final int TRIES = 100;

  public RandomErasing {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "erasing.probability must lie from 0 to 1, got " + probability);
    }
    if (!(minArea > 0 && minArea <= maxArea && maxArea <= 1)) {
      throw new IllegalArgumentException(
          "erasing needs 0 < min-area <= max-area <= 1, got min-area=%s, max-area=%s"
              .formatted(minArea, maxArea));
    }
    if (!(minAspect > 0 && minAspect <= 1)) {
      throw new IllegalArgumentException(
          "erasing.min-aspect must lie above 0 and be at most 1, got " + minAspect);
    }
  }

  /** The sizes of both papers' recipes. */
  public static RandomErasing of(double probability) {
    return new RandomErasing(probability, 0.02, 1.0 / 3, 0.3);
  }

  /**
   * The box that one clip loses, or none.
   *
   * @param height pixels of a frame
   * @param width pixels of a frame
   */
  public Optional<CropBox> draw(int height, int width, RandomGenerator rng) {
    if (rng.nextDouble() >= probability) {
      return Optional.empty();
    }
    double area = (double) height * width;
    double edge = Math.log(1 / minAspect);
    for (int i = 0; i < TRIES; i++) {
      double wanted = (minArea + (maxArea - minArea) * rng.nextDouble()) * area;
      double aspect = Math.exp(-edge + 2 * edge * rng.nextDouble());
      // Half to even, as Python rounds.
      int boxHeight = (int) Math.rint(Math.sqrt(wanted * aspect));
      int boxWidth = (int) Math.rint(Math.sqrt(wanted / aspect));
      if (boxHeight < height && boxWidth < width) {
        int top = rng.nextInt(height - boxHeight + 1);
        int left = rng.nextInt(width - boxWidth + 1);
        return boxHeight == 0 || boxWidth == 0 // on frames of a few pixels: nothing to erase
            ? Optional.empty()
            : Optional.of(new CropBox(top, left, boxHeight, boxWidth));
      }
    }
    return Optional.empty();
  }
}
