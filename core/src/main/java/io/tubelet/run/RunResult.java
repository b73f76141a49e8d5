package io.tubelet.run;

import io.tubelet.report.Verdict;
import java.nio.file.Path;

/**
 * How a sitting ended.
 *
 * @param folder of the run
 * @param step updates done
 * @param steps updates of the whole run
 * @param verdict whether something was learnt so far
 */
public record RunResult(Path folder, long step, long steps, Verdict verdict) {

  /** Whether the last update was done; otherwise the run waits to be resumed. */
  public boolean finished() {
    return step == steps;
  }

  /** A line or two for a person. */
  public String describe() {
    if (finished()) {
      return "%s%nReport: %s".formatted(verdict.sentence(), folder.resolve("report.html"));
    }
    return step == 0
        ? "Stopped before the first update; there is nothing to save."
        : "Stopped and saved at step %d of %d in %s; --resume goes on from there."
            .formatted(step, steps, folder);
  }
}
