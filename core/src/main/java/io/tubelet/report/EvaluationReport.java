package io.tubelet.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tubelet.file.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * An evaluation as files: {@code evaluation.json} with all numbers, {@code predictions.jsonl} with
 * a line for every clip, and {@code evaluation.html} to look at.
 *
 * @see EvaluationJson the keys of the first two
 */
public final class EvaluationReport {

  public static final String NUMBERS = "evaluation.json";
  public static final String PREDICTIONS = "predictions.jsonl";
  public static final String PAGE = "evaluation.html";

  private static final LineChart.Size SMALL = new LineChart.Size(400, 230);

  private EvaluationReport() {}

  /**
   * Writes the three files, each as a whole.
   *
   * @param folder must exist; files of an earlier evaluation are replaced
   */
  public static void write(EvaluationSummary summary, Path folder) throws IOException {
    WholeFile.write(
        folder.resolve(PREDICTIONS),
        EvaluationJson.predictions(summary.shown().evaluation()).getBytes(UTF_8));
    WholeFile.write(folder.resolve(NUMBERS), EvaluationJson.numbers(summary).getBytes(UTF_8));
    WholeFile.write(folder.resolve(PAGE), render(summary).getBytes(UTF_8));
  }

  /** The page. */
  public static String render(EvaluationSummary summary) {
    var sections = new EvaluationSections(summary.shown());
    var page = new Page(summary.title(), summary.subtitle(), sections.tone(), sections.sentence());
    var figures = new LinkedHashMap<>(sections.figures());
    figures.putAll(summary.figures());
    page.section("Key figures", Page.cards(figures));
    sections.addTo(page);
    if (!summary.curves().isEmpty()) {
      page.section(
          "Training", Page.charts(summary.curves().stream().map(EvaluationReport::chart).toList()));
    }
    if (!summary.provenance().isEmpty()) {
      page.section("Provenance", Page.facts(summary.provenance()));
    }
    return page.html();
  }

  private static String chart(Curve c) {
    var line = new LineChart.Series("line", c.title(), c.x(), c.y());
    return new LineChart(
            SMALL, c.title(), c.xLabel(), List.of(line), Double.NaN, "", true, Ticks::plain)
        .svg();
  }
}
