package io.tubelet.measure;

import io.tubelet.visual.FrameImage;
import io.tubelet.visual.Lettering;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Results as one picture: two numbers of every case as bars, and lines where cases differ in a
 * number.
 *
 * @param heading what was measured, where and how
 * @param names of the cases, from top to bottom
 * @param left a bar for each
 * @param right another
 * @param panels two beside each other
 */
record BenchPicture(
    String heading, List<String> names, BarColumn left, BarColumn right, List<LinePanel> panels) {
  private static final int WIDTH = 1100;
  private static final int MARGIN = 20;
  private static final Color PAPER = new Color(0xFB, 0xFB, 0xFC);
  private static final Color[] COLOURS = {
    new Color(0x2F, 0x5D, 0x9E),
    new Color(0xC4, 0x5A, 0x1C),
    new Color(0x2E, 0x85, 0x5B),
    new Color(0x8A, 0x3F, 0x93),
    new Color(0xA8, 0x84, 0x14),
    new Color(0x5B, 0x66, 0x78)
  };

  /** The colour of line {@code number}; they come again. */
  static Color colour(int number) {
    return COLOURS[number % COLOURS.length];
  }

  /** The file. */
  byte[] png() {
    return FrameImage.png(draw());
  }

  BufferedImage draw() {
    List<String> lines = Lettering.lines(heading, WIDTH - 2 * MARGIN);
    int bars = MARGIN + (lines.size() + 1) * Lettering.LINE;
    int growth = bars + left.height() + MARGIN;
    int height = growth;
    for (int i = 0; i < panels.size(); i += 2) {
      height += rowHeight(i) + MARGIN;
    }
    BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(PAPER);
    g.fillRect(0, 0, WIDTH, height);
    for (int i = 0; i < lines.size(); i++) {
      Lettering.draw(g, lines.get(i), MARGIN, MARGIN + i * Lettering.LINE);
    }
    bars(g, bars);
    int half = (WIDTH - 3 * MARGIN) / 2;
    int top = growth;
    for (int i = 0; i < panels.size(); i += 2) {
      int tall = rowHeight(i);
      for (int k = i; k < Math.min(i + 2, panels.size()); k++) {
        int across = MARGIN + k % 2 * (half + MARGIN);
        panels.get(k).draw(g, new Rectangle(across, top, half, tall));
      }
      top += tall + MARGIN;
    }
    g.dispose();
    return image;
  }

  /** Of two panels beside each other. */
  private int rowHeight(int first) {
    return panels.subList(first, Math.min(first + 2, panels.size())).stream()
        .mapToInt(LinePanel::height)
        .max()
        .orElse(0);
  }

  private void bars(Graphics2D g, int top) {
    int gutter = names.stream().mapToInt(Lettering::width).max().orElse(0);
    int column = (WIDTH - 4 * MARGIN - gutter) / 2;
    int y = top + left.height() - names.size() * BarColumn.ROW;
    for (String name : names) {
      Lettering.draw(g, name, MARGIN, y + (BarColumn.ROW - Lettering.LINE) / 2);
      y += BarColumn.ROW;
    }
    left.draw(g, 2 * MARGIN + gutter, top, column, COLOURS[0]);
    right.draw(g, 3 * MARGIN + gutter + column, top, column, COLOURS[2]);
  }
}
