package io.tubelet.visual;

import io.tubelet.clip.ClipShape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Brightness and contrast of a hidden token, guessed from the visible ones around it in space and
 * time; hidden pixels are never looked at.
 *
 * <p>Mean of the eight nearest visible tokens, weighted by the inverse square of the distance. One
 * slot, one row and one column count alike.
 */
final class VisibleStatistics {

  private static final int NEAREST = 8;

  private final TokenGrid grid;
  private final int[] visible;
  private final PixelScale[] scales;

  /**
   * @param visible token numbers
   * @param scales of those tokens, in the same order
   */
  VisibleStatistics(TokenGrid grid, int[] visible, PixelScale[] scales) {
    this.grid = grid;
    this.visible = visible;
    this.scales = scales;
  }

  PixelScale at(int hiddenToken) {
    double[] distance =
        Arrays.stream(visible).mapToDouble(v -> squaredDistance(v, hiddenToken)).toArray();
    double[] centre = new double[ClipShape.CHANNELS];
    double[] gain = new double[ClipShape.CHANNELS];
    double total = 0;
    for (int i : nearest(distance)) {
      double weight = 1 / distance[i];
      for (int c = 0; c < ClipShape.CHANNELS; c++) {
        centre[c] += weight * scales[i].centre()[c];
        gain[c] += weight * scales[i].gain()[c];
      }
      total += weight;
    }
    for (int c = 0; c < ClipShape.CHANNELS; c++) {
      centre[c] /= total;
      gain[c] /= total;
    }
    return new PixelScale(centre, gain);
  }

  /** Stable: among equally near tokens the earlier ones are taken. */
  private static int[] nearest(double[] distance) {
    return IntStream.range(0, distance.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> distance[i]))
        .limit(NEAREST)
        .mapToInt(i -> i)
        .toArray();
  }

  private double squaredDistance(int a, int b) {
    int slots = grid.slot(a) - grid.slot(b);
    int rows = grid.row(a) - grid.row(b);
    int columns = grid.column(a) - grid.column(b);
    return (double) slots * slots + (double) rows * rows + (double) columns * columns;
  }
}
