package io.tubelet.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A line chart as inline SVG.
 *
 * <p>Drawn here rather than by a chart library for what a page needs and pictures cannot give: the
 * colours follow the reader's light or dark theme, the text stays text, and no fonts are needed
 * where the page is made.
 *
 * @param size of the drawing, in units of which a letter is 13 high
 * @param title stands above a single line, and is read out by screen readers
 * @param xLabel name and unit of the horizontal axis
 * @param series drawn in order, the last on top
 * @param baseline a dashed horizontal line, with its name; {@code NaN} for none
 * @param baselineName of the dashed line, in the legend
 * @param fromZero whether the vertical axis must include zero
 * @param valueText how a number on the vertical axis is written
 */
record LineChart(
    Size size,
    String title,
    String xLabel,
    List<Series> series,
    double baseline,
    String baselineName,
    boolean fromZero,
    DoubleFunction<String> valueText) {

  /** CSS class of a line, its name in the legend, and its points, x ascending. */
  record Series(String style, String name, double[] x, double[] y) {}

  /** Width and height of a drawing. */
  record Size(int width, int height) {}

  private static final int LEFT = 62;
  private static final int RIGHT = 16;
  private static final int TOP = 30;
  private static final int BOTTOM = 46;

  /** Few points are single measurements, and a lone one has no line. */
  private static final int MOST_DOTTED = 60;

  String svg() {
    double lowX = Math.min(0, lowest(Series::x));
    double highX = highest(Series::x);
    Ticks y = verticalTicks();
    Svg svg = Svg.fitting(size.width(), size.height(), title);
    axes(svg, lowX, highX, y);
    if (Double.isFinite(baseline)) {
      double at = down(baseline, y);
      svg.line("baseline", LEFT, at, right(), at);
    }
    for (Series s : series) {
      svg.path(s.style(), path(s, lowX, highX, y));
      if (s.x().length <= MOST_DOTTED) {
        svg.path(s.style() + " dots", dots(s, lowX, highX, y));
      }
    }
    heading(svg);
    return svg.element();
  }

  private void axes(Svg svg, double lowX, double highX, Ticks y) {
    for (double tick : y.values()) {
      double at = down(tick, y);
      svg.line("grid", LEFT, at, right(), at);
      svg.text("number", "end", LEFT - 8, at + 4, valueText.apply(tick));
    }
    for (double tick : Ticks.over(lowX, highX, 7).values()) {
      double at = across(tick, lowX, highX);
      svg.line("tick", at, bottom(), at, bottom() + 4);
      svg.text("number", "middle", at, bottom() + 18, Ticks.plain(tick));
    }
    svg.line("axis", LEFT, bottom(), right(), bottom());
    svg.text("name", "middle", (LEFT + right()) / 2.0, size.height() - 8, xLabel);
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

  private String path(Series s, double lowX, double highX, Ticks y) {
    var d = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < s.x().length; i++) {
      if (!Double.isFinite(s.y()[i])) {
        pen = false; // a gap
        continue;
      }
      d.append(pen ? 'L' : 'M')
          .append(Svg.number(across(s.x()[i], lowX, highX)))
          .append(' ')
          .append(Svg.number(down(s.y()[i], y)));
      pen = true;
    }
    return d.toString();
  }

  /** A stroke of no length at each point; round ends make it a dot. */
  private String dots(Series s, double lowX, double highX, Ticks y) {
    var d = new StringBuilder();
    for (int i = 0; i < s.x().length; i++) {
      if (Double.isFinite(s.y()[i])) {
        d.append('M')
            .append(Svg.number(across(s.x()[i], lowX, highX)))
            .append(' ')
            .append(Svg.number(down(s.y()[i], y)))
            .append("h0");
      }
    }
    return d.toString();
  }

  /** Names several lines by a sample of each; a single one needs no more than the title. */
  private void heading(Svg svg) {
    if (series.size() == 1) {
      svg.text("title", "start", LEFT, 18, title);
      return;
    }
    double at = LEFT;
    for (Series s : series) {
      at = sample(svg, s.style(), s.name(), at);
    }
    if (Double.isFinite(baseline)) {
      sample(svg, "baseline", baselineName, at);
    }
  }

  /** Returns where the next one may begin. */
  private static double sample(Svg svg, String style, String name, double left) {
    svg.line(style, left, 14, left + 22, 14);
    svg.text("name", "start", left + 28, 18, name);
    return left + 28 + 7.2 * name.length() + 18;
  }

  private int right() {
    return size.width() - RIGHT;
  }

  private int bottom() {
    return size.height() - BOTTOM;
  }

  private double across(double value, double low, double high) {
    double share = high > low ? (value - low) / (high - low) : 0.5;
    return LEFT + share * (right() - LEFT);
  }

  private double down(double value, Ticks y) {
    return bottom() - (value - y.low()) / (y.high() - y.low()) * (bottom() - TOP);
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
}
