package io.tubelet.study;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.config.ConfigException;
import io.tubelet.report.StudyTable;
import io.tubelet.report.StudyTable.Cell;
import io.tubelet.report.StudyTable.Chart;
import io.tubelet.report.StudyTable.Column;
import io.tubelet.report.StudyTable.Curves;
import io.tubelet.report.StudyTable.Grid;
import io.tubelet.report.StudyTable.Line;
import io.tubelet.report.StudyTable.Lines;
import io.tubelet.report.StudyTable.Measured;
import io.tubelet.report.StudyTable.Part;
import io.tubelet.report.StudyTable.Point;
import io.tubelet.report.StudyTable.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Fills a study's tables with what was found so far.
 *
 * @param results what was found
 * @param settings of all rows
 */
record StudyTables(StudyResults results, Settings settings) {
  StudyTables(StudyResults results) {
    this(results, new Settings(results.config()));
  }

  /**
   * A table.
   *
   * @throws ConfigException when it asks for a setting or a measure that its rows do not have
   */
  StudyTable of(TableConfig table) throws IOException {
    return switch (table.layout()) {
      case TABLE -> lines(table, rows(table));
      case GRID -> grid(table);
      case CURVE -> curves(table);
    };
  }

  private List<Row> rows(TableConfig table) {
    return results.config().rowsOf(table);
  }

  static Column column(Measure measure) {
    return new Column(measure.name(), measure.share(), measure.decimals());
  }

  private List<Measure> measures(TableConfig table) {
    List<Measure> all = results.measures();
    if (table.measures().isEmpty()) {
      return all.stream().filter(m -> m.share() || m.equals(Measure.MINUTES)).toList();
    }
    List<Measure> chosen = new ArrayList<>();
    for (String name : table.measures()) {
      chosen.add(
          all.stream()
              .filter(measure -> measure.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ConfigException(
                          "table '%s': '%s' is not measured; measured are %s"
                              .formatted(
                                  table.title(), name, all.stream().map(Measure::name).toList()))));
    }
    return chosen;
  }

  private List<Measure> shares(TableConfig table) {
    return measures(table).stream().filter(Measure::share).toList();
  }

  private Measured measured(Row row, Measure measure) {
    return new Measured(results.of(row, measure));
  }

  private Lines lines(TableConfig table, List<Row> rows) {
    List<Measure> measures = measures(table);
    List<String> papers =
        table.papers().values().stream().flatMap(m -> m.keySet().stream()).distinct().toList();
    List<Line> lines =
        rows.stream()
            .map(
                row ->
                    new Line(
                        table.called(row.name()),
                        row.name().equals(table.grey()),
                        measures.stream().map(measure -> measured(row, measure)).toList(),
                        papers.stream().map(name -> paper(table, row, name)).toList()))
            .toList();
    return new Lines(
        table.title(),
        table.about(),
        table.called("case"),
        measures.stream().map(StudyTables::column).toList(),
        papers,
        lines);
  }

  private static Optional<Double> paper(TableConfig table, Row row, String name) {
    return Optional.ofNullable(table.papers().getOrDefault(row.name(), Map.of()).get(name));
  }

  private Grid grid(TableConfig table) throws IOException {
    Map<String, Map<String, Row>> places = new LinkedHashMap<>();
    Map<String, JsonNode> downs = new LinkedHashMap<>();
    Map<String, JsonNode> acrosses = new LinkedHashMap<>();
    for (Row row : placed(table)) {
      JsonNode down = setting(table, row, table.down());
      JsonNode across = setting(table, row, table.across());
      String below = Stage.text(down);
      String beside = Stage.text(across);
      downs.put(below, down);
      acrosses.put(beside, across);
      Row before = places.computeIfAbsent(below, d -> new LinkedHashMap<>()).put(beside, row);
      if (before != null) {
        throw new ConfigException(
            "table '%s': rows '%s' and '%s' are both at %s %s, %s %s; name its rows"
                .formatted(
                    table.title(),
                    before.name(),
                    row.name(),
                    table.down(),
                    below,
                    table.across(),
                    beside));
      }
    }
    List<String> down = ordered(downs);
    List<String> across = ordered(acrosses);
    List<Part> parts = new ArrayList<>();
    for (Measure measure : shares(table)) {
      parts.add(
          new Part(
              column(measure),
              down.stream()
                  .map(
                      d ->
                          across.stream()
                              .map(a -> cell(table, places.getOrDefault(d, Map.of()), a, measure))
                              .toList())
                  .toList()));
    }
    return new Grid(
        table.title(),
        table.about(),
        table.called(table.down()),
        table.called(table.across()),
        down.stream().map(table::called).toList(),
        across.stream().map(table::called).toList(),
        parts);
  }

  private Cell cell(TableConfig table, Map<String, Row> line, String across, Measure measure) {
    Row row = line.get(across);
    return row == null
        ? StudyTable.none()
        : new Cell(
            measured(row, measure),
            row.name().equals(table.grey()),
            table.papers().getOrDefault(row.name(), Map.of()));
  }

  /** Rows of a table without a list of them: those that have what it is about. */
  private List<Row> placed(TableConfig table) throws IOException {
    List<Row> placed = new ArrayList<>();
    for (Row row : rows(table)) {
      boolean has =
          settings.of(row, table.across()).isPresent()
              && (table.down().isEmpty() || settings.of(row, table.down()).isPresent());
      if (has || !table.rows().isEmpty()) {
        placed.add(row);
      }
    }
    if (placed.isEmpty()) {
      throw new ConfigException(
          "table '%s': no row has the settings %s and %s"
              .formatted(table.title(), table.down(), table.across()));
    }
    return placed;
  }

  private JsonNode setting(TableConfig table, Row row, String key) throws IOException {
    return settings
        .of(row, key)
        .orElseThrow(
            () ->
                new ConfigException(
                    "table '%s': row '%s' has no setting %s"
                        .formatted(table.title(), row.name(), key)));
  }

  /** Numbers ascending; words as they come. */
  private static List<String> ordered(Map<String, JsonNode> values) {
    boolean numbers = values.values().stream().allMatch(JsonNode::isNumber);
    return numbers
        ? values.entrySet().stream()
            .sorted(Comparator.comparingDouble(e -> e.getValue().asDouble()))
            .map(Map.Entry::getKey)
            .toList()
        : List.copyOf(values.keySet());
  }

  private Curves curves(TableConfig table) throws IOException {
    List<Row> rows = placed(table);
    List<Chart> charts = new ArrayList<>();
    for (Measure measure : shares(table)) {
      Map<String, List<Point>> lines = new LinkedHashMap<>();
      for (Row row : rows) {
        OptionalDouble x = across(table, row);
        if (x.isEmpty()) {
          continue; // how many videos a share is, is known once they have been read
        }
        Point point = new Point(x.getAsDouble(), measured(row, measure));
        for (String line : linesOf(table, row)) {
          lines.computeIfAbsent(line, l -> new ArrayList<>()).add(point);
        }
      }
      List<Series> series = new ArrayList<>();
      lines.forEach(
          (name, points) -> {
            points.sort(Comparator.comparingDouble(Point::x));
            series.add(new Series(name, points));
          });
      charts.add(new Chart(column(measure), series));
    }
    return new Curves(
        table.title(),
        table.about(),
        table.called(axis(table.across())),
        charts,
        lines(table, rows));
  }

  /** A row may be a point of several lines: where they meet. */
  private List<String> linesOf(TableConfig table, Row row) throws IOException {
    if (table.down().isEmpty()) {
      return List.of("");
    }
    JsonNode down = setting(table, row, table.down());
    List<String> lines = new ArrayList<>();
    if (down.isArray()) {
      down.forEach(line -> lines.add(table.called(Stage.text(line))));
    } else {
      lines.add(table.called(Stage.text(down)));
    }
    return lines;
  }

  private static String axis(String key) {
    return switch (key) {
      case Row.VIDEOS -> Measure.VIDEOS.name();
      case Row.LABELS -> Measure.LABELS.name();
      default -> key;
    };
  }

  /** Shares of videos become their numbers. */
  private OptionalDouble across(TableConfig table, Row row) throws IOException {
    String key = table.across();
    if (key.equals(Row.VIDEOS) || key.equals(Row.LABELS)) {
      Measure count = key.equals(Row.VIDEOS) ? Measure.VIDEOS : Measure.LABELS;
      return results.of(row, count).stream().mapToDouble(Double::doubleValue).findFirst();
    }
    JsonNode value = setting(table, row, key);
    if (!value.isNumber()) {
      throw new ConfigException(
          "table '%s': a curve needs numbers across, and %s of row '%s' is %s"
              .formatted(table.title(), key, row.name(), Stage.text(value)));
    }
    return OptionalDouble.of(value.asDouble());
  }
}
