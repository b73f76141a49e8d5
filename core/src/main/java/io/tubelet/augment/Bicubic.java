package io.tubelet.augment;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import java.util.Arrays;

/**
 * Pillow's bicubic transform of 8-bit pixels: a cubic through four neighbours of each of four rows,
 * then one through the four results, in double precision; fractions are dropped, not rounded. Edge
 * pixels stand in for neighbours beyond the edge, and what comes from outside is grey.
 *
 * <p>Implementation note: fractions are dropped, so a sum that differs in its last bit may differ
 * by a grey level. The cubics therefore keep Pillow's form instead of weights for the sixteen
 * pixels, and only steps that add an exact zero are left out: rows where the place lies on a row
 * (sheared or shifted sideways), columns likewise.
 */
final class Bicubic {
  private static final byte FILL = (byte) 128;

  private final Frames source;
  private final byte[] target;
  private final int[] columns = new int[4]; // bytes from the begin of a row
  private final int[] rows = new int[4]; // bytes from the begin of a frame
  private double dx; // from the second column
  private double dy; // from the second row

  private Bicubic(Frames source) {
    this.source = source;
    target = new byte[source.rgb().length];
    Arrays.fill(target, FILL);
  }

  /** All frames, mapped alike. */
  static Frames transform(Frames source, AffineMap map) {
    Bicubic bicubic = new Bicubic(source);
    for (int y = 0; y < source.height(); y++) {
      for (int x = 0; x < source.width(); x++) {
        bicubic.pixel(x, y, map.sourceX(x, y), map.sourceY(x, y));
      }
    }
    return new Frames(source.count(), source.height(), source.width(), bicubic.target);
  }

  private void pixel(int x, int y, double sourceX, double sourceY) {
    if (!(sourceX >= 0 && sourceX < source.width() && sourceY >= 0 && sourceY < source.height())) {
      return;
    }
    int left = (int) Math.floor(sourceX - 0.5);
    int above = (int) Math.floor(sourceY - 0.5);
    dx = sourceX - 0.5 - left;
    dy = sourceY - 0.5 - above;
    int rowBytes = source.width() * ClipShape.CHANNELS;
    for (int i = 0; i < 4; i++) {
      columns[i] = within(left - 1 + i, source.width()) * ClipShape.CHANNELS;
      rows[i] = within(above - 1 + i, source.height()) * rowBytes;
    }
    int place = y * rowBytes + x * ClipShape.CHANNELS;
    for (int t = 0; t < source.count(); t++) {
      int frame = source.offset(t);
      for (int c = 0; c < ClipShape.CHANNELS; c++) {
        double value = down(frame + c);
        target[frame + place + c] = (byte) Math.max(0, Math.min(255, (int) value));
      }
    }
  }

  private static int within(int place, int size) {
    return Math.max(0, Math.min(size - 1, place));
  }

  private double down(int corner) {
    if (dy == 0) {
      return along(corner + rows[1]);
    }
    return cubic(
        along(corner + rows[0]),
        along(corner + rows[1]),
        along(corner + rows[2]),
        along(corner + rows[3]),
        dy);
  }

  private double along(int row) {
    byte[] rgb = source.rgb();
    if (dx == 0) {
      return rgb[row + columns[1]] & 0xff;
    }
    return cubic(
        rgb[row + columns[0]] & 0xff,
        rgb[row + columns[1]] & 0xff,
        rgb[row + columns[2]] & 0xff,
        rgb[row + columns[3]] & 0xff,
        dx);
  }

  /** Through four equidistant values, at {@code d} from the second; Keys' cubic with a = -1. */
  private static double cubic(double v1, double v2, double v3, double v4, double d) {
    double p2 = -v1 + v3;
    double p3 = 2 * (v1 - v2) + v3 - v4;
    double p4 = -v1 + v2 - v3 + v4;
    return v2 + d * (p2 + d * (p3 + d * p4));
  }
}
