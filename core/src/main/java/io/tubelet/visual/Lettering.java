package io.tubelet.visual;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Small text in a picture. */
final class Lettering {

  static final int LINE = 17;
  private static final int ASCENT = 13;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Color INK = new Color(0x30, 0x38, 0x46);
  private static final FontMetrics METRICS =
      new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics().getFontMetrics(FONT);

  private Lettering() {}

  static int width(String text) {
    return METRICS.stringWidth(text);
  }

  /** Draws one line whose box begins at {@code top}. */
  static void draw(Graphics2D g, String text, int left, int top) {
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setFont(FONT);
    g.setColor(INK);
    g.drawString(text, left, top + ASCENT);
  }

  /** Breaks a text between words, so that its lines are no wider than {@code width}. */
  static List<String> lines(String text, int width) {
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
