package io.tubelet.visual;

/** Colours of growing lightness: black, purple, red, orange, pale yellow. */
final class HeatColours {

  private static final int[][] STOPS = {
    {0, 0, 4}, {87, 16, 110}, {188, 55, 84}, {249, 142, 9}, {252, 255, 164}
  };

  private HeatColours() {}

  /** Writes the colour of a level from 0 to 255 as three bytes. */
  static void put(int level, byte[] rgb, int at) {
    double place = level / 255.0 * (STOPS.length - 1);
    int below = Math.min(STOPS.length - 2, (int) place);
    double share = place - below;
    for (int c = 0; c < 3; c++) {
      rgb[at + c] = (byte) Math.round((1 - share) * STOPS[below][c] + share * STOPS[below + 1][c]);
    }
  }
}
