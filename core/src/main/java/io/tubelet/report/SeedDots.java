package io.tubelet.report;

import io.tubelet.evaluate.MeanAndSpread;
import io.tubelet.report.StudyTable.Column;
import io.tubelet.report.StudyTable.Line;
import io.tubelet.report.StudyTable.Lines;
import java.util.List;
import java.util.Optional;

/**
 * Rows below each other, a dot for every seed, a stroke at their mean and a band of a standard
 * deviation to either side: what a mean of three hides.
 */
final class SeedDots {
  private static final int WIDTH = 560;
  private static final int TOP = 34;
  private static final int BOTTOM = 40;
  private static final int HIGH = 26;
  private static final double LETTER = 7.2;
  private static final double MOST_FOR_NAMES = 230;

  private final Svg svg;
  private final Column column;
  private final double left;
  private final Ticks ticks;

  private SeedDots(Svg svg, Column column, double left, Ticks ticks) {
    this.svg = svg;
    this.column = column;
    this.left = left;
    this.ticks = ticks;
  }

  /**
   * The drawing of a column; nothing where nothing is known.
   *
   * @param chance what guessing gives
   */
  static Optional<String> of(Lines table, int column, double chance) {
    List<Line> known =
        table.lines().stream().filter(l -> !l.measures().get(column).values().isEmpty()).toList();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Column what = table.columns().get(column);
    double low = chance;
    double high = chance;
    double longest = 0;
    for (Line line : known) {
      MeanAndSpread m = line.measures().get(column).summary().orElseThrow();
      double spread = m.n() > 1 ? m.spread() : 0;
      low = Math.min(low, m.mean() - spread);
      high = Math.max(high, m.mean() + spread);
      for (double value : line.measures().get(column).values()) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      longest = Math.max(longest, line.name().length() * LETTER);
    }
    Ticks ticks = Ticks.covering(100 * Math.max(0, low), 100 * Math.min(1, high), 6);
    int height = TOP + known.size() * HIGH + BOTTOM;
    Svg svg = Svg.fitting(WIDTH, height, table.title() + ": " + what.head());
    double left = Math.min(MOST_FOR_NAMES, longest) + 16;
    new SeedDots(svg, what, left, ticks).draw(table.title(), known, column, chance);
    return Optional.of(svg.element());
  }

  private void draw(String title, List<Line> lines, int place, double chance) {
    double floor = TOP + lines.size() * HIGH;
    svg.text("title", "start", 0, 16, title);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).grey()) {
        svg.surface("usual", 1, box(0, TOP + i * HIGH + 1, WIDTH, HIGH - 2));
      }
    }
    for (double tick : ticks.values()) {
      svg.line("grid", across(tick), TOP - 6, across(tick), floor);
      svg.text("number", "middle", across(tick), floor + 16, Ticks.plain(tick));
    }
    svg.text("name", "middle", (left + WIDTH - 16) / 2, floor + 34, column.head());
    svg.line("baseline", across(100 * chance), TOP - 6, across(100 * chance), floor);
    for (int i = 0; i < lines.size(); i++) {
      line(lines.get(i), place, TOP + i * HIGH);
    }
  }

  private void line(Line line, int place, double top) {
    double middle = top + HIGH / 2.0;
    svg.text("label", "start", 4, middle + 4, shortened(line.name()));
    MeanAndSpread m = line.measures().get(place).summary().orElseThrow();
    if (m.n() > 1) {
      double from = across(100 * Math.max(0, m.mean() - m.spread()));
      double to = across(100 * Math.min(1, m.mean() + m.spread()));
      svg.surface("band s0", 0.25, box(from, top + 6, Math.max(to - from, 1), HIGH - 12));
    }
    for (double value : line.measures().get(place).values()) {
      svg.circle("seed", across(100 * value), middle, 3.5);
    }
    svg.line("mean", across(100 * m.mean()), top + 4, across(100 * m.mean()), top + HIGH - 4);
  }

  private static String shortened(String name) {
    int most = (int) (MOST_FOR_NAMES / LETTER);
    return name.length() <= most ? name : name.substring(0, most - 1) + "…";
  }

  private static String box(double x, double y, double width, double height) {
    return "M%s %sh%sv%sh-%sz"
        .formatted(
            Svg.number(x), Svg.number(y), Svg.number(width), Svg.number(height), Svg.number(width));
  }

  private double across(double percent) {
    return left + (percent - ticks.low()) / (ticks.high() - ticks.low()) * (WIDTH - 16 - left);
  }
}
