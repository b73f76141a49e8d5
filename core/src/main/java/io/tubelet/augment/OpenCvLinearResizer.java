package io.tubelet.augment;

import static io.tubelet.augment.NeighbourBlend.ONE;
import static io.tubelet.augment.PackedPixels.COLOURS;

import io.tubelet.clip.CropBox;
import io.tubelet.clip.Frames;

/**
 * OpenCV's INTER_LINEAR on bytes, byte for byte: weights of 11 bits computed in float32, neighbours
 * of a row blended first, then two such rows with a loss of 4 bits on the way.
 *
 * <p>Beyond an edge the two passes differ, as they do in OpenCV: a column is pulled back to the
 * edge, a row is read twice with the weights it has.
 */
final class OpenCvLinearResizer implements Resizer {
  private final CropBox box;
  private final int height;
  private final int width;
  private final NeighbourBlend blend;
  private final Taps down;
  private final int[][] values; // [3][width]
  private final int[] pixels; // [width]

  /** For each place of a resized line the first of two source places, and both weights. */
  private record Taps(int[] first, int[] near, int[] far) {
    static Taps of(int from, int to) {
      double scale = 1 / ((double) to / from); // not from / to: OpenCV rounds twice
      int[] first = new int[to];
      int[] near = new int[to];
      int[] far = new int[to];
      for (int i = 0; i < to; i++) {
        float place = (float) ((i + 0.5) * scale - 0.5);
        first[i] = (int) Math.floor(place);
        float share = place - first[i];
        near[i] = (int) Math.rint((1 - share) * ONE);
        far[i] = (int) Math.rint(share * ONE);
      }
      return new Taps(first, near, far);
    }
  }

  OpenCvLinearResizer(CropBox box, int height, int width) {
    this.box = box;
    this.height = height;
    this.width = width;
    blend = new NeighbourBlend(box, width);
    down = Taps.of(box.height(), height);
    values = PackedPixels.planes(width);
    pixels = new int[width];
    Taps across = Taps.of(box.width(), width);
    for (int x = 0; x < width; x++) {
      int first = across.first[x];
      if (first < 0 || first >= box.width() - 1) {
        blend.place(x, first < 0 ? 0 : box.width() - 1, ONE, 0);
      } else {
        blend.place(x, first, across.near[x], across.far[x]);
      }
    }
  }

  @Override
  public void resize(Frames source, int frame, boolean flip, byte[] target, int offset) {
    blend.begin(source, frame);
    for (int y = 0; y < height; y++) {
      int[][] upper = blend.row(withinBox(down.first[y]));
      int[][] lower = blend.row(withinBox(down.first[y] + 1));
      for (int c = 0; c < COLOURS; c++) {
        weigh(upper[c], down.near[y], lower[c], down.far[y], values[c]);
      }
      PackedPixels.pack(values, 2, pixels);
      PackedPixels.write(pixels, flip, target, offset + y * width * 3);
    }
  }

  private int withinBox(int row) {
    return Math.max(0, Math.min(row, box.height() - 1));
  }

  /** Each row's share has two bits more than a byte. */
  private static void weigh(int[] upper, int weightUpper, int[] lower, int weightLower, int[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] =
          ((weightUpper * (upper[i] >> 4)) >> 16) + ((weightLower * (lower[i] >> 4)) >> 16) + 2;
    }
  }
}
