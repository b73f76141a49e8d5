package io.tubelet.augment;

import io.tubelet.clip.CropBox;
import io.tubelet.clip.Frames;
import java.util.Arrays;

/**
 * Pillow's two passes, first along the rows, then down the columns, each rounded to 8 bits.
 *
 * <p>Implementation note: the box is first turned on its side, and bytes are held as ints. Both
 * passes then are sums of whole lines, each times one weight, which the compiler vectorises; that
 * more than pays for the turning. Lines are arrays of their own because it does so only where both
 * have the same index.
 */
final class AntialiasedResizer implements Resizer {
  private final CropBox box;
  private final int height;
  private final int width;
  private final TriangleTaps across;
  private final TriangleTaps down;
  private final int[][] columns; // [box width][3, box height]
  private final int[] column; // [3, box height]
  private final int[][] rows; // [box height][width, 3]
  private final int[] row; // [width, 3]

  AntialiasedResizer(CropBox box, int height, int width) {
    this.box = box;
    this.height = height;
    this.width = width;
    across = TriangleTaps.of(box.width(), width);
    down = TriangleTaps.of(box.height(), height);
    columns = new int[box.width()][3 * box.height()];
    column = new int[3 * box.height()];
    rows = new int[box.height()][width * 3];
    row = new int[width * 3];
  }

  @Override
  public void resize(Frames source, int frame, boolean flip, byte[] target, int offset) {
    int rowBytes = source.width() * 3;
    int corner = source.offset(frame) + box.top() * rowBytes + box.left() * 3;
    for (int x = 0; x < box.width(); x++) {
      turn(source.rgb(), corner + x * 3, rowBytes, columns[x]);
    }
    for (int x = 0; x < width; x++) {
      weightedSum(across, x, columns, column);
      turnBack(column, rows, flip ? width - 1 - x : x);
    }
    for (int y = 0; y < height; y++) {
      weightedSum(down, y, rows, row);
      round(row, target, offset + y * width * 3);
    }
  }

  private static void turn(byte[] rgb, int top, int rowBytes, int[] column) {
    int boxHeight = column.length / 3;
    for (int c = 0; c < 3; c++) {
      int from = top + c;
      int to = c * boxHeight;
      for (int y = 0; y < boxHeight; y++) {
        column[to + y] = rgb[from] & 0xff;
        from += rowBytes;
      }
    }
  }

  private static void turnBack(int[] column, int[][] rows, int x) {
    for (int c = 0; c < 3; c++) {
      int from = c * rows.length;
      int to = x * 3 + c;
      for (int y = 0; y < rows.length; y++) {
        rows[y][to] = column[from + y] >> TriangleTaps.BITS;
      }
    }
  }

  private static void weightedSum(TriangleTaps taps, int place, int[][] lines, int[] sum) {
    Arrays.fill(sum, TriangleTaps.HALF);
    int first = taps.first()[place];
    for (int i = 0; i < taps.count()[place]; i++) {
      add(sum, lines[first + i], taps.weights()[place * taps.perPlace() + i]);
    }
  }

  private static void add(int[] sum, int[] line, int weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += line[i] * weight;
    }
  }

  private static void round(int[] sum, byte[] target, int offset) {
    for (int i = 0; i < sum.length; i++) {
      target[offset + i] = (byte) (sum[i] >> TriangleTaps.BITS);
    }
  }
}
