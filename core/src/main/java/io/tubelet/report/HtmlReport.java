package io.tubelet.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tubelet.file.WholeFile;
import io.tubelet.report.Page.Tone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page of a pre-training run: a {@link Page} of what it lost, what it sees, how it came about.
 */
public final class HtmlReport {

  private HtmlReport() {}

  /** Writes the page as a whole: a reader never sees half of it. */
  public static void write(RunSummary run, Path file) throws IOException {
    WholeFile.write(file, render(run).getBytes(UTF_8));
  }

  public static String render(RunSummary run) {
    Verdict verdict = run.verdict();
    Tone tone = !verdict.decided() ? Tone.OPEN : verdict.learnt() ? Tone.GOOD : Tone.BAD;
    var page = new Page(run.title(), run.subtitle(), tone, verdict.sentence());
    var training = new TrainingSections(run.steps());
    page.section("Key figures", Page.cards(figures(run, training)));
    training.loss(page, run.lossName(), run.baseline(), run.baselineName());
    training.speed(page);
    pictures(page, run.picturesTitle(), run.pictures());
    TrainingSections.quarantine(page, run.quarantine());
    TrainingSections.origin(page, run.configuration(), run.provenance());
    return page.html();
  }

  /** The figures that the reports hold, then those given. */
  private static Map<String, String> figures(RunSummary run, TrainingSections training) {
    var figures = new LinkedHashMap<String, String>();
    if (!run.steps().isEmpty()) {
      figures.put("Final loss", ProgressLine.fixed(run.verdict().finalLoss(), 4));
      if (Double.isFinite(run.baseline())) {
        figures.put(capitalised(run.baselineName()), ProgressLine.fixed(run.baseline(), 4));
      }
    }
    figures.putAll(training.figures());
    figures.putAll(run.figures());
    return figures;
  }

  private static String capitalised(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static void pictures(Page page, String title, List<RunSummary.Picture> pictures) {
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
      html.append(Page.figure(p));
    }
    page.section(title, html.toString());
  }
}
