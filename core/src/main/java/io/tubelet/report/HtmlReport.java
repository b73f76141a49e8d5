package io.tubelet.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tubelet.file.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A run as one HTML file that needs nothing else: no network, no script, pictures and styles
 * inside. It follows the reader's light or dark theme and reads on a phone.
 */
public final class HtmlReport {

  private HtmlReport() {}

  /** Writes the page as a whole: a reader never sees half of it. */
  public static void write(RunSummary run, Path file) throws IOException {
    WholeFile.write(file, render(run).getBytes(UTF_8));
  }

  public static String render(RunSummary run) {
    var page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .append("<title>")
        .append(Html.escape(run.title()))
        .append("</title>\n<style>\n")
        .append(style())
        .append("</style>\n</head>\n<body>\n<main>\n");
    header(page, run);
    curves(page, run);
    pictures(page, run.pictures());
    quarantine(page, run.quarantine());
    section(page, "Configuration", "<pre>" + Html.escape(run.configuration()) + "</pre>\n");
    if (!run.provenance().isEmpty()) {
      section(page, "Provenance", table(run.provenance()));
    }
    return page.append("</main>\n</body>\n</html>\n").toString();
  }

  private static void header(StringBuilder page, RunSummary run) {
    Verdict verdict = run.verdict();
    String tone = !verdict.decided() ? "open" : verdict.learnt() ? "good" : "bad";
    page.append("<header>\n<h1>")
        .append(Html.escape(run.title()))
        .append("</h1>\n<p class=\"sub\">")
        .append(Html.escape(run.subtitle()))
        .append("</p>\n<p class=\"verdict ")
        .append(tone)
        .append("\">")
        .append(Html.escape(verdict.sentence()))
        .append("</p>\n</header>\n");
    section(page, "Key figures", cards(figures(run)));
  }

  /** The figures that the reports hold, then those given. */
  private static Map<String, String> figures(RunSummary run) {
    var figures = new LinkedHashMap<String, String>();
    if (!run.steps().isEmpty()) {
      StepReport last = run.steps().get(run.steps().size() - 1);
      figures.put("Final loss", ProgressLine.fixed(run.verdict().finalLoss(), 4));
      if (Double.isFinite(run.baseline())) {
        figures.put("Predicting the mean", ProgressLine.fixed(run.baseline(), 4));
      }
      figures.put("Optimizer steps", String.format(Locale.ROOT, "%,d", last.step()));
      figures.put("Effective epochs", ProgressLine.fixed(last.epoch(), 1));
      figures.put("Training time", ProgressLine.duration(last.elapsedSeconds()));
      figures.put(
          "Clips per second", ProgressLine.rate(mean(run.steps(), StepReport::clipsPerSecond)));
      figures.put(
          "Waiting for data",
          ProgressLine.fixed(100 * mean(run.steps(), StepReport::loaderWaitShare), 1) + " %");
      long rss = run.steps().stream().mapToLong(StepReport::rssBytes).max().orElse(0);
      if (rss > 0) {
        figures.put("Peak memory seen", ProgressLine.fixed(rss / 1e9, 2) + " GB");
      }
      figures.put("Skipped steps", String.valueOf(last.skippedSteps()));
    }
    figures.putAll(run.figures());
    return figures;
  }

  private static double mean(List<StepReport> steps, ToDoubleFunction<StepReport> value) {
    DoubleSummaryStatistics s =
        steps.stream().mapToDouble(value).filter(Double::isFinite).summaryStatistics();
    return s.getCount() == 0 ? Double.NaN : s.getAverage();
  }

  private static void curves(StringBuilder page, RunSummary run) {
    if (run.steps().isEmpty()) {
      return;
    }
    var curves = new RunCurves(run.steps());
    section(
        page,
        "Loss",
        "<p class=\"note\">"
            + Html.escape(run.lossName())
            + "</p>\n"
            + chart("chart wide", curves.loss(run.baseline())));
    var small = new ArrayList<String>();
    small.add(curves.learningRate());
    small.add(curves.clipsPerSecond());
    small.add(curves.loaderWait());
    if (run.steps().stream().anyMatch(r -> Double.isFinite(r.gradNorm()))) {
      small.add(curves.gradNorm());
    }
    if (run.steps().stream().anyMatch(r -> r.rssBytes() > 0)) {
      small.add(curves.memory());
    }
    var grid = new StringBuilder("<div class=\"charts\">\n");
    small.forEach(svg -> grid.append(chart("chart", svg)));
    section(page, "Schedule and speed", grid.append("</div>\n").toString());
  }

  private static String chart(String style, String svg) {
    return "<div class=\"%s\">%s</div>\n".formatted(style, svg);
  }

  private static void pictures(StringBuilder page, List<RunSummary.Picture> pictures) {
    if (pictures.isEmpty()) {
      return;
    }
    var html = new StringBuilder();
    String group = "";
    for (RunSummary.Picture p : pictures) {
      if (!p.group().equals(group)) {
        group = p.group();
        html.append("<h3>").append(Html.escape(group)).append("</h3>\n");
      }
      html.append("<figure><div class=\"scroll\"><img alt=\"")
          .append(Html.escape(p.caption()))
          .append("\" src=\"data:")
          .append(p.mediaType())
          .append(";base64,")
          .append(Base64.getEncoder().encodeToString(p.file()))
          .append("\"></div>\n<figcaption>")
          .append(Html.escape(p.caption()))
          .append("</figcaption></figure>\n");
    }
    section(page, "Reconstructions", html.toString());
  }

  private static void quarantine(StringBuilder page, List<RunSummary.Quarantined> files) {
    if (files.isEmpty()) {
      return;
    }
    var html =
        new StringBuilder(
            "<p class=\"note\">%d %s left out of training.</p>\n"
                .formatted(files.size(), files.size() == 1 ? "file was" : "files were"));
    html.append("<div class=\"scroll\"><table>\n<tr><th>File</th><th>Reason</th></tr>\n");
    for (RunSummary.Quarantined q : files) {
      html.append("<tr><td>")
          .append(Html.escape(q.file()))
          .append("</td><td>")
          .append(Html.escape(q.reason()))
          .append("</td></tr>\n");
    }
    section(page, "Quarantined files", html.append("</table></div>\n").toString());
  }

  private static String cards(Map<String, String> figures) {
    var html = new StringBuilder("<dl class=\"cards\">\n");
    figures.forEach(
        (name, value) ->
            html.append("<div><dt>")
                .append(Html.escape(name))
                .append("</dt><dd>")
                .append(Html.escape(value))
                .append("</dd></div>\n"));
    return html.append("</dl>\n").toString();
  }

  private static String table(Map<String, String> rows) {
    var html = new StringBuilder("<div class=\"scroll\"><table>\n");
    rows.forEach(
        (name, value) ->
            html.append("<tr><th scope=\"row\">")
                .append(Html.escape(name))
                .append("</th><td>")
                .append(Html.escape(value))
                .append("</td></tr>\n"));
    return html.append("</table></div>\n").toString();
  }

  private static void section(StringBuilder page, String heading, String content) {
    page.append("<section>\n<h2>")
        .append(heading)
        .append("</h2>\n")
        .append(content)
        .append("</section>\n");
  }

  private static String style() {
    try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
      if (css == null) {
        throw new IllegalStateException("report.css is missing from the class path");
      }
      return new String(css.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
