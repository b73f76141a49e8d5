package io.tubelet.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the page of a run shows that trained a classifier: fine-tuned, from scratch, or a probe
 * on frozen features. A plain value: it can be put together while the run is in memory, or later
 * from the files of its folder.
 *
 * @param title name of the run
 * @param subtitle one line under it: model, data, where it started
 * @param steps the reports, ascending
 * @param lossName what the loss is, such as {@code cross-entropy, smoothing 0.1, mixup and cutmix}
 * @param classes K; who guesses among them has a cross-entropy of ln K
 * @param validations ascending; may be empty
 * @param evaluation the final test; null where none was made
 * @param figures further key figures in order, name to value with unit
 * @param quarantine files that could not be used for training
 * @param configuration the full resolved configuration as YAML
 * @param provenance versions, seed, data digest in order, name to value
 */
public record FineTuneSummary(
    String title,
    String subtitle,
    List<StepReport> steps,
    String lossName,
    int classes,
    List<Validation> validations,
    @Nullable ShownEvaluation evaluation,
    Map<String, String> figures,
    List<RunSummary.Quarantined> quarantine,
    String configuration,
    Map<String, String> provenance) {

  public FineTuneSummary {
    if (classes < 1) {
      throw new IllegalArgumentException("classes must be at least 1, got " + classes);
    }
  }

  /** Cross-entropy of a network that has learnt nothing and says so. */
  double guessing() {
    return Math.log(classes);
  }
}
