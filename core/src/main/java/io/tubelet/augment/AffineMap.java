package io.tubelet.augment;

import io.tubelet.clip.Frames;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Where each place of the result lies in the source: {@code (a x + b y + c, d x + e y + f)} for the
 * middle of pixel {@code (x, y)}.
 */
record AffineMap(double a, double b, double c, double d, double e, double f) {

  /** The frame turns anticlockwise about its middle. */
  static AffineMap rotation(double degrees, Frames frames) {
    double turn = degrees % 360;
    double angle = -Math.toRadians(turn < 0 ? turn + 360 : turn);
    double cos = fifteenDigits(StrictMath.cos(angle));
    double sin = fifteenDigits(StrictMath.sin(angle));
    double x = frames.width() / 2.0;
    double y = frames.height() / 2.0;
    double c = cos * -x + sin * -y + x;
    double f = -sin * -x + cos * -y + y;
    return new AffineMap(cos, sin, c, -sin, cos, f);
  }

  /** Each row moves {@code factor} pixels further left than the one above. */
  static AffineMap shearX(double factor) {
    return new AffineMap(1, factor, 0, 0, 1, 0);
  }

  /** Each column moves {@code factor} pixels further up than the one to its left. */
  static AffineMap shearY(double factor) {
    return new AffineMap(1, 0, 0, factor, 1, 0);
  }

  /** The frame moves left and up. */
  static AffineMap shift(double left, double up) {
    return new AffineMap(1, 0, left, 0, 1, up);
  }

  double sourceX(int x, int y) {
    return a * (x + 0.5) + b * (y + 0.5) + c;
  }

  double sourceY(int x, int y) {
    return d * (x + 0.5) + e * (y + 0.5) + f;
  }

  /** Pillow rounds its matrix so that a right angle has exact zeros; the last bits depend on it. */
  private static double fifteenDigits(double value) {
    return new BigDecimal(value).setScale(15, RoundingMode.HALF_EVEN).doubleValue();
  }
}
