package io.tubelet.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tubelet.file.WholeFile;
import io.tubelet.report.Page.Tone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The page of a run that trained a classifier: how it learnt, how it did on the validation clips on
 * its way, and the final test where there was one.
 */
public final class FineTuneReport {

  private FineTuneReport() {}

  /** Writes the page as a whole: a reader never sees half of it. */
  public static void write(FineTuneSummary run, Path file) throws IOException {
    WholeFile.write(file, render(run).getBytes(UTF_8));
  }

  public static String render(FineTuneSummary run) {
    var training = new TrainingSections(run.steps());
    Page page;
    if (run.evaluation() == null) {
      page = new Page(run.title(), run.subtitle(), Tone.OPEN, sentence(run));
      page.section("Key figures", Page.cards(figures(run, training)));
    } else {
      var test = new EvaluationSections(run.evaluation());
      page = new Page(run.title(), run.subtitle(), test.tone(), test.sentence());
      page.section("Last evaluation", Page.cards(test.figures()));
      page.section("Training", Page.cards(figures(run, training)));
    }
    validation(page, run.validations());
    training.loss(
        page, run.lossName(), run.guessing(), "guessing among %d classes".formatted(run.classes()));
    training.speed(page);
    if (run.evaluation() != null) {
      new EvaluationSections(run.evaluation()).addTo(page);
    }
    TrainingSections.quarantine(page, run.quarantine());
    TrainingSections.origin(page, run.configuration(), run.provenance());
    return page.html();
  }

  private static String sentence(FineTuneSummary run) {
    return Validation.best(run.validations())
        .map(
            best ->
                "Best top-1 on the validation clips %s, after epoch %s; no test was made."
                    .formatted(
                        ProgressLine.percent(best.top1()), ProgressLine.fixed(best.epoch(), 1)))
        .orElse("Neither validated nor tested.");
  }

  private static Map<String, String> figures(FineTuneSummary run, TrainingSections training) {
    var figures = new LinkedHashMap<String, String>();
    Optional<Validation> best = Validation.best(run.validations());
    if (best.isPresent()) {
      Validation last = run.validations().get(run.validations().size() - 1);
      figures.put("Best validation top-1", ProgressLine.percent(best.get().top1()));
      figures.put("Best after epoch", ProgressLine.fixed(best.get().epoch(), 1));
      figures.put("Last validation top-1", ProgressLine.percent(last.top1()));
    }
    if (!run.steps().isEmpty()) {
      double loss = Verdict.of(run.steps(), run.guessing()).finalLoss();
      figures.put("Final loss", ProgressLine.fixed(loss, 4));
    }
    figures.putAll(training.figures());
    figures.putAll(run.figures());
    return figures;
  }

  private static void validation(Page page, List<Validation> validations) {
    if (validations.isEmpty()) {
      return;
    }
    var curves = new ValidationCurves(validations);
    page.section(
        "Validation",
        curves.hasLogLoss()
            ? Page.pair(curves.accuracy(), curves.logLoss())
            : Page.wide(curves.accuracy()));
  }
}
