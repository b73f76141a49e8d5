package io.tubelet.visual;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.ArrayList;
import java.util.List;

/** Small text in a picture. */
public final class Lettering {

  /** Pixels from one line to the next. */
  public static final int LINE = 18;

  private static final double UNIT = 1.15;
  private static final double CAPITALS_AT = 3.5;
  private static final Color INK = new Color(0x26, 0x2E, 0x3C);
  private static final BasicStroke PEN =
      new BasicStroke(1.25f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  private Lettering() {}

  /** Pixels from the left edge of the first letter to the right edge of the last. */
  public static int width(String text) {
    return (int) Math.ceil(UNIT * StrokeFont.width(text) + 1);
  }

  /** Draws one line whose box begins at {@code left}, {@code top}. */
  public static void draw(Graphics2D g, String text, int left, int top) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setStroke(PEN);
    g.setColor(INK);
    g.draw(StrokeFont.strokes(text, left + 0.5, top + CAPITALS_AT, UNIT));
  }

  /** Breaks a text between words, so that its lines are no wider than {@code width}. */
  public static List<String> lines(String text, int width) {
    var lines = new ArrayList<String>();
    String line = "";
    for (String word : text.split(" ", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && width(longer) > width) {
        lines.add(line);
        line = word;
      } else {
        line = longer;
      }
    }
    lines.add(line);
    return lines;
  }
}
