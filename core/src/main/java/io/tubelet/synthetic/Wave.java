package io.tubelet.synthetic;

/** Sine and cosine of turns, by a table: the same bits on every machine, and quick. */
final class Wave {
  private static final int STEPS = 1 << 12;
  private static final float[] TABLE = new float[STEPS];

  static {
    for (int i = 0; i < STEPS; i++) {
      TABLE[i] = (float) StrictMath.sin(2 * StrictMath.PI * i / STEPS);
    }
  }

  private Wave() {}

  static double sine(double turns) {
    return TABLE[(int) Math.floor(turns * STEPS) & (STEPS - 1)];
  }

  static double cosine(double turns) {
    return sine(turns + 0.25);
  }
}
