package io.tubelet.run;

import io.tubelet.checkpoint.Provenance;
import io.tubelet.config.ConfigFormat;
import io.tubelet.config.FineTuneConfig;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.evaluate.Evaluation;
import io.tubelet.report.FineTuneReport;
import io.tubelet.report.FineTuneSummary;
import io.tubelet.report.MetricsLog;
import io.tubelet.report.RunSummary.Quarantined;
import io.tubelet.report.ShownEvaluation;
import io.tubelet.report.ValidationLog;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Puts the page of a training with labels together. */
record FineTunePage(FineTunePlan plan, RunFolder folder) {

  /**
   * Writes the page.
   *
   * @param last look at the validation videos
   * @param broken training videos left out, with the reason
   */
  void write(
      Provenance provenance,
      Optional<Evaluation> last,
      LabelledVideos validation,
      Map<String, String> broken)
      throws IOException {
    FineTuneConfig config = plan.config();
    ShownEvaluation shown =
        last.isEmpty()
            ? null
            : new ShownEvaluation(
                last.get(),
                EvaluationFiles.pictures(
                    last.get(),
                    validation,
                    config.data().opener(),
                    config.validation().views(),
                    config.model().clip()));
    FineTuneReport.write(
        new FineTuneSummary(
            String.valueOf(folder.path().toAbsolutePath().normalize().getFileName()),
            subtitle(provenance),
            MetricsLog.read(folder.metrics()),
            lossName(),
            plan.data().classes().size(),
            ValidationLog.read(folder.validation()),
            shown,
            figures(),
            broken.entrySet().stream().map(e -> new Quarantined(e.getKey(), e.getValue())).toList(),
            ConfigFormat.yaml(config),
            PretrainReport.provenance(provenance)),
        folder.report());
  }

  private String subtitle(Provenance provenance) {
    return "encoder %d wide, %d deep; %d videos of %d classes; started from %s"
        .formatted(
            plan.config().model().encoder().width(),
            plan.config().model().encoder().depth(),
            plan.data().size(),
            plan.data().classes().size(),
            provenance.startedFrom());
  }

  private String lossName() {
    String mixed = plan.config().supervision().mix().mixes() ? ", mixup and cutmix" : "";
    return "cross-entropy, smoothing %s%s"
        .formatted(plan.config().supervision().smoothing(), mixed);
  }

  private Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("Effective batch", "%d clips".formatted(plan.config().train().effectiveBatch()));
    figures.put("Peak learning rate", String.format(Locale.ROOT, "%.2e", plan.training().peakLr()));
    return figures;
  }
}
