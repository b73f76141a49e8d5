package io.tubelet.measure;

import io.tubelet.report.Ticks;
import io.tubelet.visual.Lettering;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.Arrays;
import java.util.List;

/**
 * Lines over a common axis, both axes from zero, so that proportional looks proportional.
 *
 * @param title what is drawn upwards, with its unit
 * @param axis what is drawn to the right
 * @param lines from the lowest layer to the topmost
 */
record LinePanel(String title, String axis, List<Line> lines) {
  private static final int GUTTER = 52;
  private static final int FOOT = 2 * Lettering.LINE + 8;
  private static final int PLOT = 210;
  private static final int DOT = 7;
  private static final Color GRID = new Color(0xDF, 0xE3, 0xEA);
  private static final Color AXIS = new Color(0x8A, 0x93, 0xA3);

  /**
   * A line.
   *
   * @param name for the legend; empty to be left out of it
   * @param measured drawn solid and with dots; else dashed
   */
  record Line(String name, double[] x, double[] y, Color colour, boolean measured) {}

  /** Height that leaves the same room for the lines whatever the legend needs. */
  int height() {
    long named = lines.stream().filter(line -> !line.name().isEmpty()).count();
    return (int) (1 + named) * Lettering.LINE + PLOT + FOOT;
  }

  void draw(Graphics2D g, Rectangle box) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    Lettering.draw(g, title, box.x, box.y);
    int legend = legend(g, box);
    Rectangle plot =
        new Rectangle(
            box.x + GUTTER,
            legend + 8,
            box.width - GUTTER - 14,
            box.y + box.height - FOOT - legend - 8);
    double right = highest(true);
    Ticks up = Ticks.covering(0, highest(false), 4);
    grid(g, plot, up, right);
    for (Line line : lines) {
      line(g, line, plot, up, right);
    }
  }

  /** A sample and a name for each; returns where the plot may begin. */
  private int legend(Graphics2D g, Rectangle box) {
    int y = box.y + Lettering.LINE + 4;
    for (Line line : lines) {
      if (!line.name().isEmpty()) {
        pen(g, line);
        int middle = y + Lettering.LINE / 2;
        g.drawLine(box.x + GUTTER, middle, box.x + GUTTER + 24, middle);
        Lettering.draw(g, line.name(), box.x + GUTTER + 32, y);
        y += Lettering.LINE;
      }
    }
    return y;
  }

  private void grid(Graphics2D g, Rectangle plot, Ticks up, double right) {
    for (double tick : up.values()) {
      int y = (int) Math.round(down(tick, plot, up));
      g.setStroke(new BasicStroke(1));
      g.setColor(tick == 0 ? AXIS : GRID);
      g.drawLine(plot.x, y, plot.x + plot.width, y);
      String number = Ticks.plain(tick);
      Lettering.draw(g, number, plot.x - 8 - Lettering.width(number), y - Lettering.LINE / 2);
    }
    int free = Integer.MIN_VALUE; // where the last number ended
    for (double value :
        lines.stream().flatMapToDouble(l -> Arrays.stream(l.x())).sorted().distinct().toArray()) {
      int x = (int) Math.round(across(value, plot, right));
      String number = Ticks.plain(value);
      int width = Lettering.width(number);
      if (x - width / 2 > free + 6) {
        Lettering.draw(g, number, x - width / 2, plot.y + plot.height + 4);
        free = x + width / 2;
      }
    }
    int middle = plot.x + (plot.width - Lettering.width(axis)) / 2;
    Lettering.draw(g, axis, middle, plot.y + plot.height + 4 + Lettering.LINE);
  }

  private void line(Graphics2D g, Line line, Rectangle plot, Ticks up, double right) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < line.x().length; i++) {
      double x = across(line.x()[i], plot, right);
      double y = down(line.y()[i], plot, up);
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
      if (line.measured()) {
        g.setColor(line.colour());
        g.fill(new Ellipse2D.Double(x - DOT / 2.0, y - DOT / 2.0, DOT, DOT));
      }
    }
    pen(g, line);
    g.draw(path);
  }

  private static void pen(Graphics2D g, Line line) {
    g.setColor(line.colour());
    g.setStroke(
        line.measured()
            ? new BasicStroke(2)
            : new BasicStroke(
                1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0));
  }

  private double highest(boolean across) {
    return lines.stream()
        .flatMapToDouble(line -> Arrays.stream(across ? line.x() : line.y()))
        .max()
        .orElse(1);
  }

  private static double across(double x, Rectangle plot, double right) {
    return plot.x + x / right * plot.width;
  }

  private static double down(double y, Rectangle plot, Ticks up) {
    return plot.y + plot.height - y / up.high() * plot.height;
  }
}
