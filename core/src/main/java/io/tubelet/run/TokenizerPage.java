package io.tubelet.run;

import io.tubelet.checkpoint.Provenance;
import io.tubelet.config.ConfigFormat;
import io.tubelet.config.TokenizerConfig;
import io.tubelet.file.WholeFile;
import io.tubelet.report.MetricsLog;
import io.tubelet.report.RunSummary;
import io.tubelet.report.TokenizerReport;
import io.tubelet.report.TokenizerSummary;
import io.tubelet.visual.WordPicture;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Puts the page of a tokenizer together, and its picture beside it. */
record TokenizerPage(TokenizerPlan plan, RunFolder folder) {
  private static final String PICTURE = "words.png";

  /**
   * Writes both.
   *
   * @param baseline loss of painting the mean
   * @param broken videos left out, with the reason
   */
  void write(
      Provenance provenance, double baseline, TokenizerScore score, Map<String, String> broken)
      throws IOException {
    TokenizerConfig config = plan.config();
    byte[] picture = new WordPicture(score.shown()).png();
    WholeFile.write(folder.path().resolve(PICTURE), picture);
    TokenizerReport.write(
        new TokenizerSummary(
            String.valueOf(folder.path().toAbsolutePath().normalize().getFileName()),
            "tokenizer of %d words, %d channels wide; %d videos"
                .formatted(
                    config.model().vocabulary(), config.model().width(), plan.manifest().size()),
            score.learnt(),
            score.sentence(),
            MetricsLog.read(folder.metrics()),
            "loss of painted pictures + %s x divergence of words + %s x that of their use"
                .formatted(config.train().divergence(), config.train().balance()),
            baseline,
            figures(score),
            new RunSummary.Picture(
                "", "frames, their words, and what is painted from the words alone", picture),
            broken.entrySet().stream()
                .map(e -> new RunSummary.Quarantined(e.getKey(), e.getValue()))
                .toList(),
            ConfigFormat.yaml(config),
            PretrainReport.provenance(provenance)),
        folder.report());
  }

  private static Map<String, String> figures(TokenizerScore score) {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("Error of painted pixels", String.format(Locale.ROOT, "%.4f", score.error()));
    figures.put("Error of the mean colour", String.format(Locale.ROOT, "%.4f", score.meanError()));
    figures.put(
        "Words in use", "%d of %d".formatted(score.use().used(), score.use().counts().length));
    figures.put("Perplexity", String.format(Locale.ROOT, "%.1f", score.use().perplexity()));
    return figures;
  }
}
