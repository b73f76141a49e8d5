package io.tubelet.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tubelet.file.WholeFile;
import io.tubelet.report.Page.Tone;
import io.tubelet.report.StudyTable.Column;
import io.tubelet.report.StudyTable.Curves;
import io.tubelet.report.StudyTable.Grid;
import io.tubelet.report.StudyTable.Lines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The page of a study: its tables as papers print them, every seed as a dot, and every trial with
 * its own pages.
 */
public final class StudyReport {
  private static final String UNKNOWN = "–";

  private StudyReport() {}

  /** Writes the page as a whole: a reader never sees half of it. */
  public static void write(StudySummary study, Path file) throws IOException {
    WholeFile.write(file, render(study).getBytes(UTF_8));
  }

  public static String render(StudySummary study) {
    Page page = new Page(study.title(), study.about(), tone(study), sentence(study));
    page.section(study.tables().size() == 1 ? "Table" : "Tables", tables(study));
    String seeds = seeds(study);
    if (!seeds.isEmpty()) {
      page.section("Every seed", seeds);
    }
    page.section("Every trial", trials(study));
    page.section("Study", "<pre>" + Html.escape(study.configuration()) + "</pre>\n");
    return page.html();
  }

  private static Tone tone(StudySummary study) {
    return study.done() == study.trials() ? Tone.GOOD : Tone.OPEN;
  }

  private static String sentence(StudySummary study) {
    return study.done() < study.trials()
        ? "%d of %d trials are done; what is missing is left out of the means."
            .formatted(study.done(), study.trials())
        : "All %d trials are done.".formatted(study.trials());
  }

  private static String tables(StudySummary study) {
    var html = new StringBuilder("<div class=\"tables\">\n");
    boolean several = study.tables().size() > 1;
    for (int i = 0; i < study.tables().size(); i++) {
      StudyTable table = study.tables().get(i);
      String wide = table instanceof Curves ? " wide" : "";
      html.append("<figure class=\"paper%s\">\n".formatted(wide))
          .append(content(table, study.seeds()))
          .append("<figcaption>")
          .append(several ? "(%c) ".formatted((char) ('a' + i)) : "")
          .append("<strong>")
          .append(Html.escape(sentence(table.title())))
          .append("</strong> ")
          .append(Html.escape(table.about()))
          .append("</figcaption>\n</figure>\n");
    }
    return html.append("</div>\n") + Page.note(reading(study));
  }

  private static String sentence(String title) {
    return title.matches(".*[.?!]") ? title : title + ".";
  }

  private static String content(StudyTable table, int seeds) {
    if (table instanceof Lines lines) {
      return PrintedTable.of(lines, seeds);
    }
    if (table instanceof Grid grid) {
      return PrintedGrid.of(grid, seeds);
    }
    Curves curves = (Curves) table;
    String plots =
        curves.charts().stream()
            .map(chart -> Page.wide(new BandChart(chart, curves.across()).svg()))
            .collect(Collectors.joining());
    return "<div class=\"curves\">\n<div class=\"plots\">\n%s</div>\n%s</div>\n"
        .formatted(plots, PrintedTable.of(curves.numbers(), seeds));
  }

  private static String reading(StudySummary study) {
    String spread =
        study.seeds() == 1
            ? "One seed. "
            : "Mean ± standard deviation over %d seeds; a small number in brackets says that fewer are there. "
                .formatted(study.seeds());
    return spread
        + "The highest mean is bold, the usual setting grey. "
        + String.format(
            Locale.ROOT,
            "All are judged on the same %,d test videos of %,d classes: chance is %.1f %%, and these videos alone give"
                + " an accuracy of 50 %% a standard error of %.1f points. ",
            study.judges(),
            study.classes(),
            100.0 / study.classes(),
            50 / Math.sqrt(study.judges()))
        + (hasPapers(study)
            ? "The papers' figures are of other data and models many times larger: they show the direction, not the height."
            : "");
  }

  private static boolean hasPapers(StudySummary study) {
    return study.tables().stream()
        .anyMatch(
            table ->
                (table instanceof Lines lines && !lines.papers().isEmpty())
                    || (table instanceof Curves curves && !curves.numbers().papers().isEmpty())
                    || (table instanceof Grid grid
                        && grid.parts().stream()
                            .flatMap(part -> part.cells().stream())
                            .flatMap(line -> line.stream())
                            .anyMatch(cell -> !cell.papers().isEmpty())));
  }

  private static String seeds(StudySummary study) {
    double chance = 1.0 / study.classes();
    var html = new StringBuilder();
    for (StudyTable table : study.tables()) {
      if (table instanceof Lines lines) {
        for (int i = 0; i < lines.columns().size(); i++) {
          if (lines.columns().get(i).share()) {
            html.append(SeedDots.of(lines, i, chance).map(StudyReport::chart).orElse(""));
          }
        }
      }
    }
    return html.isEmpty() ? "" : "<div class=\"charts pair\">\n" + html + "</div>\n";
  }

  private static String chart(String svg) {
    return "<div class=\"chart\">" + svg + "</div>\n";
  }

  private static String trials(StudySummary study) {
    var html =
        new StringBuilder(
            "<div class=\"scroll\"><table class=\"trials\">\n<tr><th>case</th><th>seed</th>");
    study.columns().forEach(column -> html.append(PrintedHead.cell(column.head())));
    html.append("<th>pages</th></tr>\n");
    for (StudySummary.Row row : study.rows()) {
      for (StudySummary.Trial trial : row.trials()) {
        html.append("<tr><td>")
            .append(Html.escape(row.name()))
            .append("</td><td>")
            .append(trial.seed())
            .append("</td>");
        study.columns().forEach(c -> html.append("<td>").append(value(trial, c)).append("</td>"));
        html.append("<td class=\"pages\">").append(pages(trial)).append("</td></tr>\n");
      }
    }
    return html.append("</table></div>\n").toString();
  }

  private static String value(StudySummary.Trial trial, Column column) {
    Double value = trial.measures().get(column.name());
    return value == null ? UNKNOWN : number(value, column);
  }

  /** A number as its column prints it, without its unit. */
  static String number(double value, Column column) {
    return ProgressLine.fixed(column.share() ? 100 * value : value, column.decimals());
  }

  private static String pages(StudySummary.Trial trial) {
    return trial.pages().entrySet().stream()
        .map(
            page ->
                "<a href=\"%s\">%s</a>"
                    .formatted(Html.escape(page.getValue()), Html.escape(page.getKey())))
        .collect(Collectors.joining(", "));
  }
}
