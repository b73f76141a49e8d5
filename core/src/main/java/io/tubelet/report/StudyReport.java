package io.tubelet.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tubelet.evaluate.MeanAndSpread;
import io.tubelet.file.WholeFile;
import io.tubelet.report.Page.Tone;
import io.tubelet.report.StudySummary.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page of a study: its table as a paper prints it, bars, and every trial with its own page. */
public final class StudyReport {
  private static final String UNKNOWN = "–";

  private StudyReport() {}

  /** Writes the page as a whole: a reader never sees half of it. */
  public static void write(StudySummary study, Path file) throws IOException {
    WholeFile.write(file, render(study).getBytes(UTF_8));
  }

  public static String render(StudySummary study) {
    Page page = new Page(study.title(), study.about(), tone(study), sentence(study));
    page.section("Table", table(study));
    for (int i = 0; i < study.columns().size(); i++) {
      if (study.columns().get(i).share()) {
        page.section(capital(study.columns().get(i).name()), bars(study, i));
      }
    }
    page.section("Every trial", trials(study));
    page.section("Study", "<pre>" + Html.escape(study.configuration()) + "</pre>\n");
    return page.html();
  }

  private static Tone tone(StudySummary study) {
    return study.done() == study.trials() ? Tone.GOOD : Tone.OPEN;
  }

  private static String sentence(StudySummary study) {
    if (study.done() < study.trials()) {
      return "%d of %d trials are done; what is missing is left out of the means."
          .formatted(study.done(), study.trials());
    }
    return best(study)
        .map(name -> "All %d trials are done. Highest mean: %s.".formatted(study.trials(), name))
        .orElse("All %d trials are done.".formatted(study.trials()));
  }

  /** The row with the highest mean in the first column of shares. */
  private static Optional<String> best(StudySummary study) {
    List<Boolean> shares = study.columns().stream().map(Column::share).toList();
    int column = shares.indexOf(true);
    if (column < 0) {
      return Optional.empty();
    }
    StudySummary.Row best = null;
    double highest = Double.NEGATIVE_INFINITY;
    for (StudySummary.Row row : study.rows()) {
      Optional<MeanAndSpread> value = row.measures().get(column);
      if (value.isPresent() && value.get().mean() > highest) {
        highest = value.get().mean();
        best = row;
      }
    }
    return best == null
        ? Optional.empty()
        : Optional.of(
            "%s, %s %%, %s"
                .formatted(
                    best.name(),
                    best.measures().get(column).orElseThrow().percent(),
                    study.columns().get(column).name()));
  }

  private static String table(StudySummary study) {
    List<String> heads = new ArrayList<>(List.of("case"));
    study.columns().forEach(c -> heads.add(c.share() ? c.name() + ", %" : c.name()));
    study.papers().forEach(name -> heads.add("paper: " + name));
    List<List<String>> rows = new ArrayList<>();
    for (StudySummary.Row row : study.rows()) {
      List<String> cells = new ArrayList<>(List.of(row.name()));
      for (int i = 0; i < study.columns().size(); i++) {
        boolean share = study.columns().get(i).share();
        cells.add(row.measures().get(i).map(m -> share ? m.percent() : m.text(3)).orElse(UNKNOWN));
      }
      row.papers()
          .forEach(
              value ->
                  cells.add(value.map(v -> String.format(Locale.ROOT, "%.1f", v)).orElse(UNKNOWN)));
      rows.add(cells);
    }
    return Page.table(heads, rows)
        + Page.note(
            "Mean ± standard deviation over seeds, n of them. The papers' figures are of other data"
                + " and models many times larger: they show the direction, not the height.");
  }

  /** A bar a row; the grey stretch reaches a standard deviation to either side. */
  private static String bars(StudySummary study, int column) {
    var html = new StringBuilder("<ul class=\"bars\">\n");
    for (StudySummary.Row row : study.rows()) {
      Optional<MeanAndSpread> value = row.measures().get(column);
      if (value.isEmpty()) {
        continue;
      }
      double mean = value.get().mean();
      double spread = value.get().n() > 1 ? value.get().spread() : 0;
      double low = Math.max(0, mean - spread);
      double high = Math.min(1, mean + spread);
      html.append("<li><span class=\"who\">%s</span>".formatted(Html.escape(row.name())))
          .append("<span class=\"bar\"><i style=\"width:%s%%\"></i>".formatted(percent(mean)))
          .append(
              "<b style=\"left:%s%%;width:%s%%\"></b></span>"
                  .formatted(percent(low), percent(high - low)))
          .append("<span class=\"much\">%s</span>".formatted(ProgressLine.percent(mean)))
          .append("<span class=\"of\">n = %d</span></li>\n".formatted(value.get().n()));
    }
    return html.append("</ul>\n")
        + Page.note("Means; the grey stretch reaches one standard deviation to either side.");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  private static String trials(StudySummary study) {
    var html = new StringBuilder("<div class=\"scroll\"><table>\n<tr><th>case</th><th>seed</th>");
    study.columns().forEach(c -> html.append("<th>").append(Html.escape(c.name())).append("</th>"));
    html.append("<th>pages</th></tr>\n");
    for (StudySummary.Row row : study.rows()) {
      for (StudySummary.Trial trial : row.trials()) {
        html.append("<tr><td>")
            .append(Html.escape(row.name()))
            .append("</td><td>")
            .append(trial.seed())
            .append("</td>");
        study.columns().forEach(c -> html.append("<td>").append(value(trial, c)).append("</td>"));
        html.append("<td>").append(pages(trial)).append("</td></tr>\n");
      }
    }
    return html.append("</table></div>\n").toString();
  }

  private static String value(StudySummary.Trial trial, Column column) {
    Double value = trial.measures().get(column.name());
    if (value == null) {
      return UNKNOWN;
    }
    return column.share() ? ProgressLine.percent(value) : ProgressLine.fixed(value, 3);
  }

  private static String pages(StudySummary.Trial trial) {
    return trial.pages().entrySet().stream()
        .map(
            page ->
                "<a href=\"%s\">%s</a>"
                    .formatted(Html.escape(page.getValue()), Html.escape(page.getKey())))
        .collect(Collectors.joining(", "));
  }

  private static String capital(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
