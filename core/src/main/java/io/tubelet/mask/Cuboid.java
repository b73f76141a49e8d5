package io.tubelet.mask;

import io.tubelet.clip.ClipShape;
import java.util.random.RandomGenerator;

/**
 * Neighbouring tokens that are hidden together: a rectangle of places over some slots of time.
 *
 * @param slot the first of its slots
 * @param row the uppermost of its rows
 * @param column the leftmost of its columns
 */
record Cuboid(int slot, int row, int column, int slots, int rows, int columns) {

  /**
   * A rectangle of about this size, anywhere in the picture, over {@code slots} neighbouring slots,
   * anywhere in the clip.
   *
   * @param area share of a slot's places
   * @param aspect rows to columns, as far as the picture has room
   */
  static Cuboid draw(ClipShape shape, int slots, double area, double aspect, RandomGenerator rng) {
    double places = area * shape.tokensPerSlot();
    int rows = side(Math.sqrt(places * aspect), shape.rows());
    int columns = side(Math.sqrt(places / aspect), shape.columns());
    return new Cuboid(
        rng.nextInt(shape.slots() - slots + 1),
        rng.nextInt(shape.rows() - rows + 1),
        rng.nextInt(shape.columns() - columns + 1),
        slots,
        rows,
        columns);
  }

  private static int side(double wanted, int room) {
    return (int) Math.max(1, Math.min(Math.round(wanted), room));
  }
}
