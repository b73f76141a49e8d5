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
    if (!(high > low)) {
      double value = down.applyAsDouble(low);
      return new Histogram(values, new double[] {value, value}, new int[] {values.count()});
    }
    double[] edges = new double[most + 1];
    for (int i = 0; i <= most; i++) {
      edges[i] = down.applyAsDouble(low + (high - low) * i / most);
    }
    int[] counts = new int[most];
    for (double value : values.values()) {
      double share = (up.applyAsDouble(value) - low) / (high - low);
      counts[(int) Math.max(0, Math.min(most - 1, Math.floor(share * most)))]++;
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
    if (counts.length == 1) {
      label(svg, "middle", 0.5, edges[0]);
    } else {
      int half = counts.length / 2;
      label(svg, "start", 0, edges[0]);
      label(svg, "middle", half, edges[half]);
      label(svg, "end", counts.length, edges[counts.length]);
    }
    svg.text("name", "middle", (LEFT + RIGHT) / 2.0, HEIGHT - 8, values.summary());
    return svg.element();
  }

  private void label(Svg svg, String anchor, double place, double value) {
    double at = across(place);
    svg.line("tick", at, BOTTOM, at, BOTTOM + 4);
    svg.text("number", anchor, at, BOTTOM + 18, Distribution.text(value));
  }

  private String bar(int i, Ticks y) {
    double left = across(i) + 1;
    double right = across(i + 1) - 1;
    String top = Svg.number(down(counts[i], y));
    return "M%s %dV%sH%sV%dz".formatted(Svg.number(left), BOTTOM, top, Svg.number(right), BOTTOM);
  }

  private double across(double edge) {
    return LEFT + (RIGHT - LEFT) * edge / counts.length;
  }

  private static double down(double count, Ticks y) {
    return BOTTOM - (BOTTOM - TOP) * (count - y.low()) / (y.high() - y.low());
  }
}
