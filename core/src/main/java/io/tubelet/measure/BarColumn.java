package io.tubelet.measure;

import io.tubelet.visual.Lettering;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;

/**
 * A column of horizontal bars, one a row, each with its number in words.
 *
 * @param title above the bars
 * @param bars from top to bottom
 */
record BarColumn(String title, List<Bar> bars) {
  static final int ROW = 26;
  private static final int THICKNESS = 12;
  private static final int GAP = 6;
  private static final Color LIGHT = new Color(0xD9, 0xDF, 0xE8);

  /**
   * A bar.
   *
   * @param length of it
   * @param limit that it could reach, drawn behind it; 0 for none
   * @param text beside it
   */
  record Bar(double length, double limit, String text) {}

  /** Draws the title and the bars into a space so wide. */
  void draw(Graphics2D g, int left, int top, int width, Color colour) {
    Lettering.draw(g, title, left, top);
    int room = width - GAP - bars.stream().mapToInt(b -> Lettering.width(b.text())).max().orElse(0);
    double longest =
        bars.stream().mapToDouble(b -> Math.max(b.length(), b.limit())).max().orElse(1);
    int y = top + Lettering.LINE + GAP;
    for (Bar bar : bars) {
      int inRow = y + (ROW - THICKNESS) / 2;
      g.setColor(LIGHT);
      g.fillRect(left, inRow, pixels(bar.limit(), longest, room), THICKNESS);
      g.setColor(colour);
      int length = pixels(bar.length(), longest, room);
      g.fillRect(left, inRow, length, THICKNESS);
      int end = left + Math.max(length, pixels(bar.limit(), longest, room));
      Lettering.draw(g, bar.text(), end + GAP, y + (ROW - Lettering.LINE) / 2);
      y += ROW;
    }
  }

  private static int pixels(double value, double longest, int room) {
    return longest > 0 ? (int) Math.round(value / longest * room) : 0;
  }

  /** Height of all of it. */
  int height() {
    return Lettering.LINE + GAP + bars.size() * ROW;
  }
}
