package io.tubelet.report;

import java.util.function.DoubleUnaryOperator;

/**
 * How many values fall into each of some neighbouring stretches, as inline SVG.
 *
 * @param values what is counted
 * @param edges of the stretches, one more than there are
 * @param counts values in each
 */
record Histogram(Distribution values, double[] edges, int[] counts) {
  private static final int WIDTH = 400;
  private static final int HEIGHT = 230;
  private static final int LEFT = 52;
  private static final int RIGHT = 384;
  private static final int TOP = 30;
  private static final int BOTTOM = 184;

  /** Stretches that are equal on the scale that {@code up} leads to and {@code down} back from. */
  static Histogram of(
      Distribution values,
      double low,
      double high,
      int most,
      DoubleUnaryOperator up,
      DoubleUnaryOperator down) {
    int bins = high > low ? most : 1;
    double top = high > low ? high : low + 1;
    double[] edges = new double[bins + 1];
    for (int i = 0; i <= bins; i++) {
      edges[i] = down.applyAsDouble(low + (top - low) * i / bins);
    }
    int[] counts = new int[bins];
    for (double value : values.values()) {
      double share = (up.applyAsDouble(value) - low) / (top - low);
      counts[(int) Math.max(0, Math.min(bins - 1, Math.floor(share * bins)))]++;
    }
    return new Histogram(values, edges, counts);
  }

  String svg() {
    int highest = 1;
    for (int count : counts) {
      highest = Math.max(highest, count);
    }
    Ticks y = Ticks.covering(0, highest, 4);
    Svg svg = Svg.fitting(WIDTH, HEIGHT, values.name());
    svg.text("title", "start", LEFT, 18, values.name());
    for (double tick : y.values()) {
      double at = down(tick, y);
      svg.line("grid", LEFT, at, RIGHT, at);
      svg.text("number", "end", LEFT - 8, at + 4, Ticks.plain(tick));
    }
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        svg.surface("bar", 1, bar(i, y));
      }
    }
    svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM);
    for (int i : new int[] {0, counts.length / 2, counts.length}) {
      double at = across(i);
      svg.line("tick", at, BOTTOM, at, BOTTOM + 4);
      svg.text(
          "number",
          i == counts.length ? "end" : i == 0 ? "start" : "middle",
          at,
          BOTTOM + 18,
          Distribution.text(edges[i]));
    }
    svg.text("name", "middle", (LEFT + RIGHT) / 2.0, HEIGHT - 8, values.summary());
    return svg.element();
  }

  private String bar(int i, Ticks y) {
    double left = across(i) + 1;
    double right = across(i + 1) - 1;
    String top = Svg.number(down(counts[i], y));
    return "M%s %dV%sH%sV%dz".formatted(Svg.number(left), BOTTOM, top, Svg.number(right), BOTTOM);
  }

  private double across(int edge) {
    return LEFT + (double) (RIGHT - LEFT) * edge / counts.length;
  }

  private static double down(double count, Ticks y) {
    return BOTTOM - (BOTTOM - TOP) * (count - y.low()) / (y.high() - y.low());
  }
}
