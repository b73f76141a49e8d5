package io.tubelet.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * A line chart as inline SVG.
 *
 * <p>Drawn here rather than by a chart library for what a page needs and pictures cannot give: the
 * colours follow the reader's light or dark theme, the text stays text, and no fonts are needed
 * where the page is made.
 *
 * @param title also read out by screen readers
 * @param xLabel name and unit of the horizontal axis
 * @param series drawn in order, the last on top
 * @param baseline a dashed horizontal line, with its name; {@code NaN} for none
 * @param baselineName written on the dashed line
 * @param fromZero whether the vertical axis must include zero
 * @param valueText how a number on the vertical axis is written
 */
record LineChart(
    String title,
    String xLabel,
    List<Series> series,
    double baseline,
    String baselineName,
    boolean fromZero,
    DoubleFunction<String> valueText) {

  /** CSS class of a line, its name in the legend, and its points, x ascending. */
  record Series(String style, String name, double[] x, double[] y) {}

  private static final int WIDTH = 640;
  private static final int HEIGHT = 300;
  private static final int LEFT = 62;
  private static final int RIGHT = 16;
  private static final int TOP = 30;
  private static final int BOTTOM = 46;

  String svg() {
    Ticks x = Ticks.over(lowest(Series::x), highest(Series::x), 7);
    Ticks y = verticalTicks();
    var svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, HEIGHT, Html.escape(title)));
    for (double tick : y.values()) {
      double at = down(tick, y);
      line(svg, "grid", LEFT, at, WIDTH - RIGHT, at);
      text(svg, "end", LEFT - 8, at + 4, valueText.apply(tick));
    }
    double lowX = lowest(Series::x);
    double highX = highest(Series::x);
    for (double tick : x.values()) {
      if (tick >= lowX && tick <= highX) {
        double at = across(tick, lowX, highX);
        line(svg, "tick", at, HEIGHT - BOTTOM, at, HEIGHT - BOTTOM + 4);
        text(svg, "middle", at, HEIGHT - BOTTOM + 18, Ticks.plain(tick));
      }
    }
    line(svg, "axis", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM);
    text(svg, "middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, xLabel);
    if (Double.isFinite(baseline)) {
      double at = down(baseline, y);
      line(svg, "baseline", LEFT, at, WIDTH - RIGHT, at);
      svg.append(
          "<text class=\"baseline-name\" x=\"%d\" y=\"%s\" text-anchor=\"end\">%s</text>\n"
              .formatted(WIDTH - RIGHT - 4, number(at - 6), Html.escape(baselineName)));
    }
    for (Series s : series) {
      svg.append("<path class=\"%s\" d=\"%s\"/>\n".formatted(s.style(), path(s, lowX, highX, y)));
    }
    legend(svg);
    return svg.append("</svg>\n").toString();
  }

  private Ticks verticalTicks() {
    double low = lowest(Series::y);
    double high = highest(Series::y);
    if (Double.isFinite(baseline)) {
      low = Math.min(low, baseline);
      high = Math.max(high, baseline);
    }
    return Ticks.covering(fromZero ? Math.min(0, low) : low, high, 5);
  }

  private static String path(Series s, double lowX, double highX, Ticks y) {
    var d = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < s.x().length; i++) {
      if (!Double.isFinite(s.y()[i])) {
        pen = false; // a gap
        continue;
      }
      d.append(pen ? 'L' : 'M')
          .append(number(across(s.x()[i], lowX, highX)))
          .append(' ')
          .append(number(down(s.y()[i], y)));
      pen = true;
    }
    return d.toString();
  }

  private void legend(StringBuilder svg) {
    double at = LEFT;
    for (Series s : series) {
      svg.append("<path class=\"%s\" d=\"M%s 14h20\"/>\n".formatted(s.style(), number(at)));
      text(svg, "start", at + 26, 18, s.name());
      at += 26 + 7.2 * s.name().length() + 18;
    }
  }

  private static double across(double value, double low, double high) {
    double share = high > low ? (value - low) / (high - low) : 0.5;
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private static double down(double value, Ticks y) {
    return HEIGHT - BOTTOM - (value - y.low()) / (y.high() - y.low()) * (HEIGHT - BOTTOM - TOP);
  }

  private interface Coordinate {
    double[] of(Series s);
  }

  private double lowest(Coordinate c) {
    return finite(c).stream().mapToDouble(v -> v).min().orElse(0);
  }

  private double highest(Coordinate c) {
    return finite(c).stream().mapToDouble(v -> v).max().orElse(1);
  }

  private List<Double> finite(Coordinate c) {
    var all = new ArrayList<Double>();
    for (Series s : series) {
      for (double v : c.of(s)) {
        if (Double.isFinite(v)) {
          all.add(v);
        }
      }
    }
    return all;
  }

  private static void line(
      StringBuilder svg, String style, double x1, double y1, double x2, double y2) {
    svg.append(
        "<path class=\"%s\" d=\"M%s %sL%s %s\"/>\n"
            .formatted(style, number(x1), number(y1), number(x2), number(y2)));
  }

  private static void text(StringBuilder svg, String anchor, double x, double y, String text) {
    svg.append(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
            .formatted(number(x), number(y), anchor, Html.escape(text)));
  }

  private static String number(double v) {
    return String.format(Locale.ROOT, "%.1f", v);
  }
}
