package io.tubelet.report;

import io.tubelet.report.StudyTable.Column;
import io.tubelet.report.StudyTable.Line;
import io.tubelet.report.StudyTable.Lines;
import java.util.Locale;

/** A table in the manner of both papers: rules above and below, the usual setting grey. */
final class PrintedTable {
  private PrintedTable() {}

  static String of(Lines table, int seeds) {
    var html = new StringBuilder("<div class=\"scroll\"><table class=\"paper\">\n<thead>");
    if (!table.papers().isEmpty()) {
      html.append(
          "<tr class=\"group\"><th colspan=\"%d\"></th><th class=\"theirs\" colspan=\"%d\">in the papers</th></tr>\n"
              .formatted(1 + table.columns().size(), table.papers().size()));
    }
    html.append("<tr>").append(PrintedHead.cell(table.head()));
    table.columns().forEach(column -> html.append(PrintedHead.cell(column.head())));
    table
        .papers()
        .forEach(
            name ->
                html.append("<th class=\"theirs\">")
                    .append(PrintedHead.text(name))
                    .append("</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    double[] highest = new double[table.columns().size()];
    for (int i = 0; i < highest.length; i++) {
      int column = i;
      highest[i] =
          table.columns().get(i).share()
              ? PrintedNumber.highest(
                  table.lines().stream().map(line -> line.measures().get(column)).toList())
              : Double.NaN;
    }
    for (Line line : table.lines()) {
      html.append(line.grey() ? "<tr class=\"usual\">" : "<tr>")
          .append("<td>")
          .append(Html.escape(line.name()))
          .append("</td>");
      for (int i = 0; i < highest.length; i++) {
        Column column = table.columns().get(i);
        StudyTable.Measured measured = line.measures().get(i);
        html.append("<td>")
            .append(
                PrintedNumber.of(
                    measured, column, seeds, PrintedNumber.isHighest(measured, highest[i], column)))
            .append("</td>");
      }
      line.papers()
          .forEach(
              value ->
                  html.append("<td class=\"theirs\">")
                      .append(
                          value
                              .map(v -> String.format(Locale.ROOT, "%.1f", v))
                              .orElse(PrintedNumber.UNKNOWN))
                      .append("</td>"));
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>\n").toString();
  }
}
