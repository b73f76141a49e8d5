package io.tubelet.augment;

import static io.tubelet.augment.NeighbourBlend.BITS;
import static io.tubelet.augment.NeighbourBlend.ONE;
import static io.tubelet.augment.PackedPixels.COLOURS;

import io.tubelet.clip.CropBox;
import io.tubelet.clip.Frames;

/**
 * Neighbours of a row are blended, then two such rows, and the sum is rounded once. Weights have 11
 * bits each, so that pixel times both fits an int; that moves a value by at most an eighth.
 */
final class BilinearResizer implements Resizer {
  private static final int HALF = 1 << (2 * BITS - 1);

  private final CropBox box;
  private final int height;
  private final int width;
  private final NeighbourBlend blend;
  private final int[][] sums; // [3][width]
  private final int[] pixels; // [width]

  BilinearResizer(CropBox box, int height, int width) {
    this.box = box;
    this.height = height;
    this.width = width;
    blend = new NeighbourBlend(box, width);
    sums = PackedPixels.planes(width);
    pixels = new int[width];
    for (int x = 0; x < width; x++) {
      double place = place(x, box.width(), width);
      int share = fraction(place);
      blend.place(x, (int) place, ONE - share, share);
    }
  }

  @Override
  public void resize(Frames source, int frame, boolean flip, byte[] target, int offset) {
    blend.begin(source, frame);
    for (int y = 0; y < height; y++) {
      double place = place(y, box.height(), height);
      int above = (int) place;
      int share = fraction(place);
      int[][] upper = blend.row(above);
      int[][] lower = blend.row(Math.min(above + 1, box.height() - 1));
      for (int c = 0; c < COLOURS; c++) {
        weigh(upper[c], ONE - share, lower[c], share, sums[c]);
      }
      PackedPixels.pack(sums, 2 * BITS, pixels);
      PackedPixels.write(pixels, flip, target, offset + y * width * 3);
    }
  }

  private static void weigh(int[] upper, int weightUpper, int[] lower, int weightLower, int[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] = HALF + upper[i] * weightUpper + lower[i] * weightLower;
    }
  }

  /** Where place {@code i} of {@code to} lies among {@code from}; the outer edges coincide. */
  private static double place(int i, int from, int to) {
    return Math.max(0, (i + 0.5) * from / to - 0.5);
  }

  private static int fraction(double place) {
    return (int) Math.rint((place - (int) place) * ONE);
  }
}
