package io.tubelet.report;

import io.tubelet.evaluate.MeanAndSpread;
import io.tubelet.report.StudyTable.Chart;
import io.tubelet.report.StudyTable.Point;
import io.tubelet.report.StudyTable.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Means over seeds against a number, a band of a standard deviation to either side.
 *
 * <p>Where the largest number is seven times the smallest or more, the axis is logarithmic: papers
 * double their numbers from point to point.
 *
 * @param chart the lines
 * @param across name of the horizontal axis
 */
record BandChart(Chart chart, String across) {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 340;
  private static final int LEFT = 62;
  private static final int RIGHT = 24;
  private static final int BOTTOM = 46;
  private static final int LEGEND_LINE = 20;
  private static final double LETTER = 7.2;
  private static final double LOGARITHMIC_FROM = 7;
  private static final int MOST_TICKS = 9;
  private static final int COLOURS = 6;

  /** A point with its mean. */
  private record Known(double x, MeanAndSpread y) {
    double low() {
      return y.mean() - (y.n() > 1 ? y.spread() : 0);
    }

    double high() {
      return y.mean() + (y.n() > 1 ? y.spread() : 0);
    }
  }

  String svg() {
    List<List<Known>> lines = chart.series().stream().map(BandChart::known).toList();
    List<Known> all = lines.stream().flatMap(List::stream).toList();
    if (all.isEmpty()) {
      return "<p class=\"note\">Nothing is known yet.</p>";
    }
    double unit = chart.column().share() ? 100 : 1;
    Ticks y =
        Ticks.covering(
            unit * all.stream().mapToDouble(Known::low).min().orElseThrow(),
            unit * all.stream().mapToDouble(Known::high).max().orElseThrow(),
            6);
    TreeSet<Double> places = new TreeSet<>(all.stream().map(Known::x).toList());
    Legend legend = new Legend(chart.series());
    Frame frame = new Frame(Axis.over(places), y, 16 + legend.height(), unit);
    Svg svg = Svg.fitting(WIDTH, HEIGHT + legend.height(), chart.column().head() + ", " + across);
    axes(svg, frame, places);
    for (int i = 0; i < lines.size(); i++) {
      band(svg, frame, lines.get(i), i);
    }
    for (int i = 0; i < lines.size(); i++) {
      line(svg, frame, lines.get(i), i);
    }
    legend.draw(svg);
    return svg.element();
  }

  private static List<Known> known(Series series) {
    List<Known> known = new ArrayList<>();
    for (Point point : series.points()) {
      Optional<MeanAndSpread> mean = point.y().summary();
      mean.ifPresent(m -> known.add(new Known(point.x(), m)));
    }
    return known;
  }

  private void axes(Svg svg, Frame frame, TreeSet<Double> places) {
    for (double tick : frame.y().values()) {
      double at = frame.down(tick / frame.unit());
      svg.line("grid", LEFT, at, WIDTH - RIGHT, at);
      svg.text("number", "end", LEFT - 8, at + 4, Ticks.plain(tick));
    }
    double lowest = places.first();
    double highest = places.last();
    List<Double> ticks =
        places.size() <= MOST_TICKS
            ? List.copyOf(places)
            : Arrays.stream(Ticks.over(lowest, highest, MOST_TICKS).values()).boxed().toList();
    double free = Double.NEGATIVE_INFINITY;
    for (double tick : ticks) {
      double at = frame.across(tick);
      svg.line("tick", at, frame.bottom(), at, frame.bottom() + 4);
      double half = Ticks.plain(tick).length() * LETTER / 2;
      if (at - half > free) {
        svg.text("number", "middle", at, frame.bottom() + 18, Ticks.plain(tick));
        free = at + half + 4;
      }
    }
    svg.line("axis", LEFT, frame.bottom(), WIDTH - RIGHT, frame.bottom());
    svg.text("name", "middle", (LEFT + WIDTH - RIGHT) / 2.0, frame.bottom() + BOTTOM - 8, across);
    svg.turned(
        "name", "middle", 14, (frame.top() + frame.bottom()) / 2.0, -90, chart.column().head());
  }

  private static void band(Svg svg, Frame frame, List<Known> line, int number) {
    if (line.size() < 2 || line.stream().noneMatch(k -> k.y().n() > 1)) {
      return;
    }
    var d = new StringBuilder();
    for (Known k : line) {
      d.append(d.isEmpty() ? 'M' : 'L').append(frame.place(k.x(), k.low()));
    }
    List<Known> back = new ArrayList<>(line);
    Collections.reverse(back);
    back.forEach(k -> d.append('L').append(frame.place(k.x(), k.high())));
    svg.surface("band s" + number % COLOURS, 0.15, d.append('z').toString());
  }

  private static void line(Svg svg, Frame frame, List<Known> line, int number) {
    String colour = "s" + number % COLOURS;
    var d = new StringBuilder();
    for (Known k : line) {
      d.append(d.isEmpty() ? 'M' : 'L').append(frame.place(k.x(), k.y().mean()));
    }
    if (line.size() > 1) {
      svg.path("series " + colour, d.toString());
    }
    for (Known k : line) {
      if (k.y().n() > 1) {
        double at = frame.across(k.x());
        svg.line("whisker " + colour, at, frame.down(k.low()), at, frame.down(k.high()));
      }
      svg.circle("point " + colour, frame.across(k.x()), frame.down(k.y().mean()), 4);
    }
  }

  /** The horizontal axis: even steps, or even ratios. */
  private record Axis(double low, double high, boolean logarithmic) {
    static Axis over(TreeSet<Double> places) {
      double low = places.first();
      double high = places.last();
      return new Axis(low, high, low > 0 && high / low >= LOGARITHMIC_FROM);
    }

    double share(double x) {
      if (high <= low) {
        return 0.5;
      }
      return logarithmic ? Math.log(x / low) / Math.log(high / low) : (x - low) / (high - low);
    }
  }

  /** Where things lie in the drawing. */
  private record Frame(Axis x, Ticks y, double top, double unit) {
    private static final double MARGIN = 20;

    double bottom() {
      return top + HEIGHT - BOTTOM - 16;
    }

    double across(double value) {
      double from = LEFT + MARGIN;
      double to = WIDTH - RIGHT - MARGIN;
      return from + x.share(value) * (to - from);
    }

    double down(double value) {
      double share = (unit * value - y.low()) / (y.high() - y.low());
      return bottom() - share * (bottom() - top);
    }

    String place(double valueX, double valueY) {
      return Svg.number(across(valueX)) + ' ' + Svg.number(down(valueY));
    }
  }

  /** Names of the lines, in as many rows as they need. */
  private record Legend(List<Series> series) {
    int height() {
      return series.size() < 2 ? 0 : LEGEND_LINE * (1 + (int) places().get(series.size() - 1)[1]);
    }

    /** Left edge and row of each name. */
    private List<double[]> places() {
      List<double[]> places = new ArrayList<>();
      double left = LEFT;
      int row = 0;
      for (Series one : series) {
        double width = 34 + one.name().length() * LETTER + 18;
        if (left + width > WIDTH && left > LEFT) {
          left = LEFT;
          row++;
        }
        places.add(new double[] {left, row});
        left += width;
      }
      return places;
    }

    void draw(Svg svg) {
      if (series.size() < 2) {
        return;
      }
      List<double[]> places = places();
      for (int i = 0; i < series.size(); i++) {
        double left = places.get(i)[0];
        double middle = 12 + LEGEND_LINE * places.get(i)[1];
        String colour = "s" + i % COLOURS;
        svg.line("series " + colour, left, middle, left + 24, middle);
        svg.circle("point " + colour, left + 12, middle, 4);
        svg.text("name", "start", left + 32, middle + 4, series.get(i).name());
      }
    }
  }
}
