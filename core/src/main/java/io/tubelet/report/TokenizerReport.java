package io.tubelet.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tubelet.file.WholeFile;
import io.tubelet.report.Page.Tone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The page of a run that trained a tokenizer: what it is worth first, then how it came about. */
public final class TokenizerReport {

  private TokenizerReport() {}

  /** Writes the page as a whole: a reader never sees half of it. */
  public static void write(TokenizerSummary run, Path file) throws IOException {
    WholeFile.write(file, render(run).getBytes(UTF_8));
  }

  static String render(TokenizerSummary run) {
    var page =
        new Page(run.title(), run.subtitle(), run.learnt() ? Tone.GOOD : Tone.BAD, run.sentence());
    var training = new TrainingSections(run.steps());
    Map<String, String> figures = new LinkedHashMap<>(run.figures());
    figures.putAll(training.figures());
    page.section("Key figures", Page.cards(figures));
    page.section("Pictures and their words", Page.figure(run.picture()));
    training.loss(page, run.lossName(), run.baseline(), "painting the mean");
    training.speed(page);
    TrainingSections.quarantine(page, run.quarantine());
    TrainingSections.origin(page, run.configuration(), run.provenance());
    return page.html();
  }
}
