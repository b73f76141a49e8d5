package io.tubelet.augment;

import io.tubelet.clip.CropBox;
import io.tubelet.clip.Frames;

/**
 * Two rows are blended, then neighbours of the blended row, and the sum is rounded once. Weights
 * have 11 bits each, so that pixel times both fits an int; that moves a value by at most an eighth.
 */
final class BilinearResizer implements Resizer {
  private static final int BITS = 11;
  private static final int ONE = 1 << BITS;
  private static final int HALF = 1 << (2 * BITS - 1);

  private final CropBox box;
  private final int height;
  private final int width;
  private final int[] near; // for each column: the left pixel, in bytes from the row's begin
  private final int[] far; // the right one
  private final int[] share; // of the right one
  private final int[] line; // [box width, 3]

  BilinearResizer(CropBox box, int height, int width) {
    this.box = box;
    this.height = height;
    this.width = width;
    near = new int[width];
    far = new int[width];
    share = new int[width];
    line = new int[box.width() * 3];
    for (int x = 0; x < width; x++) {
      double place = place(x, box.width(), width);
      near[x] = ((int) place) * 3;
      far[x] = Math.min((int) place + 1, box.width() - 1) * 3;
      share[x] = fraction(place);
    }
  }

  @Override
  public void resize(Frames source, int frame, boolean flip, byte[] target, int offset) {
    int rowBytes = source.width() * 3;
    int corner = source.offset(frame) + box.top() * rowBytes + box.left() * 3;
    for (int y = 0; y < height; y++) {
      double place = place(y, box.height(), height);
      int above = (int) place;
      int below = Math.min(above + 1, box.height() - 1);
      blend(source.rgb(), corner + above * rowBytes, corner + below * rowBytes, fraction(place));
      alongRow(flip, target, offset + y * width * 3);
    }
  }

  private void blend(byte[] rgb, int above, int below, int share) {
    for (int i = 0; i < line.length; i++) {
      line[i] = (rgb[above + i] & 0xff) * (ONE - share) + (rgb[below + i] & 0xff) * share;
    }
  }

  private void alongRow(boolean flip, byte[] target, int offset) {
    for (int x = 0; x < width; x++) {
      int out = offset + (flip ? width - 1 - x : x) * 3;
      int left = near[x];
      int right = far[x];
      int s = share[x];
      for (int c = 0; c < 3; c++) {
        int sum = line[left + c] * (ONE - s) + line[right + c] * s;
        target[out + c] = (byte) ((sum + HALF) >> (2 * BITS));
      }
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
