package io.tubelet.report;

import io.tubelet.evaluate.MeanAndSpread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table of a study as its page shows it. */
public sealed interface StudyTable {

  /** Heads it. */
  String title();

  /** Which table of which paper it repeats. */
  String about();

  /**
   * Heads a column.
   *
   * @param share whether its numbers are shares, printed in per cent
   * @param decimals printed
   */
  record Column(String name, boolean share, int decimals) {
    /** With its unit. */
    String head() {
      return share ? name + ", %" : name;
    }
  }

  /**
   * A number that several seeds measured.
   *
   * @param values one for each seed that did
   */
  record Measured(List<Double> values) {
    public Measured {
      values = List.copyOf(values);
    }

    /** Empty where none did. */
    Optional<MeanAndSpread> summary() {
      return values.isEmpty()
          ? Optional.empty()
          : Optional.of(
              MeanAndSpread.of(values.stream().mapToDouble(Double::doubleValue).toArray()));
    }
  }

  /**
   * A line a row, a column a measure.
   *
   * @param head over the names of the lines
   * @param papers names of the papers' own figures
   */
  record Lines(
      String title,
      String about,
      String head,
      List<Column> columns,
      List<String> papers,
      List<Line> lines)
      implements StudyTable {}

  /**
   * A line of it.
   *
   * @param grey whether it is the usual setting
   * @param measures one a column
   * @param papers one a name of the papers' figures
   */
  record Line(String name, boolean grey, List<Measured> measures, List<Optional<Double>> papers) {}

  /**
   * One setting down, another across.
   *
   * @param down name of the first
   * @param across name of the second
   * @param downs its values
   * @param acrosses its values
   * @param parts one a measure
   */
  record Grid(
      String title,
      String about,
      String down,
      String across,
      List<String> downs,
      List<String> acrosses,
      List<Part> parts)
      implements StudyTable {}

  /**
   * The cells of a grid for one measure.
   *
   * @param cells as many lists as values down, each with as many cells as values across
   */
  record Part(Column column, List<List<Cell>> cells) {}

  /**
   * A cell of a grid.
   *
   * @param grey whether it is the usual setting
   * @param papers names to the papers' own figures
   */
  record Cell(Measured measured, boolean grey, Map<String, Double> papers) {
    /** A combination that is not in the study. */
    static final Cell NONE = new Cell(new Measured(List.of()), false, Map.of());

    public Cell {
      papers = new LinkedHashMap<>(papers);
    }
  }

  /** A combination that is not in the study. */
  static Cell none() {
    return Cell.NONE;
  }

  /**
   * Numbers across, a line for each value of another setting.
   *
   * @param across name of the horizontal axis
   * @param charts one a measure
   * @param numbers the same as a table
   */
  record Curves(String title, String about, String across, List<Chart> charts, Lines numbers)
      implements StudyTable {}

  /** The lines of one measure. */
  record Chart(Column column, List<Series> series) {}

  /**
   * A line of a chart.
   *
   * @param name in the legend; empty where there is but one
   * @param points by ascending x
   */
  record Series(String name, List<Point> points) {}

  /** A point of it. */
  record Point(double x, Measured y) {}
}
