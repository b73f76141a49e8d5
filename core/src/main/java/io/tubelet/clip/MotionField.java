package io.tubelet.clip;

import java.util.Arrays;

/**
 * How far the parts of a frame have moved, told in a coarse grid over the whole picture.
 *
 * @param rows of the grid
 * @param columns of the grid
 * @param lengths of the movements in coded pixels, row by row; zero where nothing is known
 */
public record MotionField(int rows, int columns, float[] lengths) {

  public MotionField {
    if (rows < 1 || columns < 1 || lengths.length != rows * columns) {
      throw new IllegalArgumentException(
          "a motion field of %d x %d cells needs as many lengths, got %d"
              .formatted(rows, columns, lengths.length));
    }
  }

  /**
   * The mean length over a box, whose sides are shares of the picture, 0 at the top and left, 1 at
   * the bottom and right. Cells count with the area that they share with the box.
   */
  public double mean(double top, double left, double bottom, double right) {
    double sum = 0;
    double area = 0;
    for (int row = first(top, rows); row < end(bottom, rows); row++) {
      double down = overlap(row, top * rows, bottom * rows);
      for (int column = first(left, columns); column < end(right, columns); column++) {
        double shared = down * overlap(column, left * columns, right * columns);
        sum += shared * lengths[row * columns + column];
        area += shared;
      }
    }
    return area > 0 ? sum / area : 0;
  }

  private static int first(double share, int cells) {
    return Math.max(0, (int) Math.floor(share * cells));
  }

  private static int end(double share, int cells) {
    return Math.min(cells, (int) Math.ceil(share * cells));
  }

  /** What of a cell lies between two lines. */
  private static double overlap(int cell, double from, double to) {
    return Math.max(0, Math.min(cell + 1.0, to) - Math.max(cell, from));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MotionField field
        && rows == field.rows
        && columns == field.columns
        && Arrays.equals(lengths, field.lengths);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * rows + columns) + Arrays.hashCode(lengths);
  }
}
