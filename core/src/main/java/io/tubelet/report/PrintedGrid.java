package io.tubelet.report;

import io.tubelet.evaluate.MeanAndSpread;
import io.tubelet.report.StudyTable.Cell;
import io.tubelet.report.StudyTable.Grid;
import io.tubelet.report.StudyTable.Measured;
import io.tubelet.report.StudyTable.Part;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Two settings against each other: the higher a cell's mean, the stronger its colour. */
final class PrintedGrid {
  /** Of the line's colour, for the highest mean of a grid. */
  private static final double STRONGEST = 45;

  private PrintedGrid() {}

  static String of(Grid grid, int seeds) {
    return grid.parts().stream().map(part -> part(grid, part, seeds)).collect(Collectors.joining());
  }

  private static String part(Grid grid, Part part, int seeds) {
    List<Measured> all = part.cells().stream().flatMap(List::stream).map(Cell::measured).toList();
    double highest = PrintedNumber.highest(all);
    double lowest =
        all.stream()
            .flatMap(m -> m.summary().stream())
            .mapToDouble(MeanAndSpread::mean)
            .min()
            .orElse(0);
    var html =
        new StringBuilder("<div class=\"scroll\"><table class=\"paper grid\">\n")
            .append("<caption>%s</caption>\n".formatted(Html.escape(part.column().head())))
            .append(
                "<thead><tr><th></th><th colspan=\"%d\">%s</th></tr>\n<tr><th>%s</th>"
                    .formatted(
                        grid.acrosses().size(),
                        Html.escape(grid.across()),
                        Html.escape(grid.down())));
    grid.acrosses().forEach(a -> html.append("<th>").append(Html.escape(a)).append("</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    for (int d = 0; d < grid.downs().size(); d++) {
      html.append("<tr><td>").append(Html.escape(grid.downs().get(d))).append("</td>");
      for (Cell cell : part.cells().get(d)) {
        html.append(open(cell, lowest, highest))
            .append(
                PrintedNumber.of(
                    cell.measured(),
                    part.column(),
                    seeds,
                    PrintedNumber.isHighest(cell.measured(), highest, part.column())))
            .append(papers(cell))
            .append("</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  private static String open(Cell cell, double lowest, double highest) {
    String usual = cell.grey() ? " class=\"usual\"" : "";
    return cell.measured()
        .summary()
        .filter(m -> Double.isFinite(highest) && highest > lowest)
        .map(m -> (m.mean() - lowest) / (highest - lowest))
        .map(
            share ->
                String.format(
                    Locale.ROOT, "<td%s style=\"--strength:%.0f%%\">", usual, STRONGEST * share))
        .orElse("<td%s>".formatted(usual));
  }

  /** Each figure on a line of its own. */
  private static String papers(Cell cell) {
    return cell.papers().entrySet().stream()
        .map(p -> String.format(Locale.ROOT, "%s %.1f", p.getKey(), p.getValue()))
        .map(text -> "<small class=\"theirs\">%s</small>".formatted(Html.escape(text)))
        .collect(Collectors.joining());
  }
}
