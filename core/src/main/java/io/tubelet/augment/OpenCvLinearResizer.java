package io.tubelet.augment;

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
  private static final int BITS = 11;
  private static final int ONE = 1 << BITS;

  private final CropBox box;
  private final int height;
  private final int width;
  private final Taps across;
  private final Taps down;
  private int[] upper; // [width, 3], the row above, blended and mirrored if asked
  private int[] lower; // the one below
  private int upperRow;
  private int lowerRow;

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
    across = Taps.of(box.width(), width);
    down = Taps.of(box.height(), height);
    upper = new int[width * 3];
    lower = new int[width * 3];
    for (int x = 0; x < width; x++) {
      int first = across.first[x];
      if (first < 0 || first >= box.width() - 1) {
        across.first[x] = first < 0 ? 0 : box.width() - 1;
        across.near[x] = ONE;
        across.far[x] = 0;
      }
    }
  }

  @Override
  public void resize(Frames source, int frame, boolean flip, byte[] target, int offset) {
    int rowBytes = source.width() * 3;
    int corner = source.offset(frame) + box.top() * rowBytes + box.left() * 3;
    upperRow = -1;
    lowerRow = -1;
    for (int y = 0; y < height; y++) {
      int above = Math.max(0, Math.min(down.first[y], box.height() - 1));
      int below = Math.max(0, Math.min(down.first[y] + 1, box.height() - 1));
      bothRows(source.rgb(), corner, rowBytes, above, below, flip);
      blend(down.near[y], down.far[y], target, offset + y * width * 3);
    }
  }

  private void blend(int near, int far, byte[] target, int offset) {
    for (int i = 0; i < upper.length; i++) {
      int sum = carry(near, upper[i]) + carry(far, lower[i]);
      target[offset + i] = (byte) ((sum + 2) >> 2);
    }
  }

  /** One row's share, two bits more than a byte's. */
  private static int carry(int weight, int blended) {
    return (weight * (blended >> 4)) >> 16;
  }

  /** Makes the upper and the lower row; one that the line before needed too is taken over. */
  private void bothRows(byte[] rgb, int corner, int rowBytes, int above, int below, boolean flip) {
    if (above == lowerRow) {
      int[] spare = upper;
      upper = lower;
      lower = spare;
      lowerRow = upperRow;
      upperRow = above;
    }
    if (above != upperRow) {
      alongRow(rgb, corner + above * rowBytes, flip, upper);
      upperRow = above;
    }
    if (below != lowerRow) {
      alongRow(rgb, corner + below * rowBytes, flip, lower);
      lowerRow = below;
    }
  }

  private void alongRow(byte[] rgb, int row, boolean flip, int[] blended) {
    for (int x = 0; x < width; x++) {
      int near = row + across.first[x] * 3;
      int far = near + (across.far[x] == 0 ? 0 : 3);
      int to = (flip ? width - 1 - x : x) * 3;
      for (int c = 0; c < 3; c++) {
        blended[to + c] =
            (rgb[near + c] & 0xff) * across.near[x] + (rgb[far + c] & 0xff) * across.far[x];
      }
    }
  }
}
