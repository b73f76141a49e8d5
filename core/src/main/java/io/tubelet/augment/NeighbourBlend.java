package io.tubelet.augment;

import static io.tubelet.augment.PackedPixels.COLOURS;

import io.tubelet.clip.CropBox;
import io.tubelet.clip.Frames;

/**
 * The rows of a box brought to another width: each pixel is the sum of two neighbours, each times
 * its weight, in full precision. The last two rows are remembered, as resizing goes down the
 * picture and needs most of them twice.
 */
final class NeighbourBlend {
  /** Bits of a weight; those of one place sum to {@link #ONE}. */
  static final int BITS = 11;

  static final int ONE = 1 << BITS;

  private final CropBox box;
  private final int width;
  private final int[] left; // where each of the two pixels lies, in bytes from the row's begin
  private final int[] right;
  private final int[] leftWeight;
  private final int[] rightWeight;
  private final int[] leftPixel;
  private final int[] rightPixel;
  private final int[][] leftPlanes;
  private final int[][] rightPlanes;
  private int[][] latest; // [3][width]
  private int[][] other;
  private int latestRow;
  private int otherRow;
  private byte[] rgb = {};
  private int corner;
  private int rowBytes;

  /**
   * A blend whose places are set one by one.
   *
   * @param width places of a row
   */
  NeighbourBlend(CropBox box, int width) {
    this.box = box;
    this.width = width;
    left = new int[width];
    right = new int[width];
    leftWeight = new int[width];
    rightWeight = new int[width];
    leftPixel = new int[width];
    rightPixel = new int[width];
    leftPlanes = PackedPixels.planes(width);
    rightPlanes = PackedPixels.planes(width);
    latest = PackedPixels.planes(width);
    other = PackedPixels.planes(width);
  }

  /** Place {@code x} is made of column {@code first} and the next, pulled back to the edge. */
  void place(int x, int first, int firstWeight, int nextWeight) {
    left[x] = first * 3;
    right[x] = Math.min(first + 1, box.width() - 1) * 3;
    leftWeight[x] = firstWeight;
    rightWeight[x] = nextWeight;
  }

  /** Goes to another frame. */
  void begin(Frames source, int frame) {
    rgb = source.rgb();
    rowBytes = source.width() * 3;
    corner = source.offset(frame) + box.top() * rowBytes + box.left() * 3;
    latestRow = -1;
    otherRow = -1;
  }

  /** The box's row {@code y}, {@code [3][width]}, of 19 bits; valid until the next but one call. */
  int[][] row(int y) {
    if (y != latestRow) {
      int[][] wanted = other;
      int row = otherRow;
      other = latest;
      otherRow = latestRow;
      latest = wanted;
      latestRow = y;
      if (row != y) {
        blend(corner + y * rowBytes, wanted);
      }
    }
    return latest;
  }

  private void blend(int row, int[][] sums) {
    for (int x = 0; x < width; x++) {
      leftPixel[x] = PackedPixels.read(rgb, row + left[x]);
      rightPixel[x] = PackedPixels.read(rgb, row + right[x]);
    }
    PackedPixels.unpack(leftPixel, leftPlanes);
    PackedPixels.unpack(rightPixel, rightPlanes);
    for (int c = 0; c < COLOURS; c++) {
      weigh(leftPlanes[c], leftWeight, rightPlanes[c], rightWeight, sums[c]);
    }
  }

  private static void weigh(int[] a, int[] weightA, int[] b, int[] weightB, int[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] = a[i] * weightA[i] + b[i] * weightB[i];
    }
  }
}
