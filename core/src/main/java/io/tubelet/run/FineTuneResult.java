package io.tubelet.run;

import io.tubelet.evaluate.Evaluation;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a sitting of a training with labels ended.
 *
 * @param folder of the run
 * @param step updates done
 * @param steps updates of the whole run
 * @param validation the look at the validation videos after the last update, if there was one
 */
public record FineTuneResult(Path folder, long step, long steps, Optional<Evaluation> validation) {

  /** Whether the last update was done; otherwise the run waits to be resumed. */
  public boolean finished() {
    return step == steps;
  }

  /** A line or two for a person. */
  public String describe() {
    if (!finished()) {
      return step == 0
          ? "Stopped before the first update; there is nothing to save."
          : "Stopped and saved at step %d of %d in %s; --resume goes on from there."
              .formatted(step, steps, folder);
    }
    return "%s%nReport: %s"
        .formatted(
            validation
                .map(EvaluationFiles::sentence)
                .orElse("Trained; not validated yet, --resume does so."),
            folder.resolve("report.html"));
  }
}
