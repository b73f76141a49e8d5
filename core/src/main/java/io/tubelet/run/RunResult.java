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
    return finished()
        ? "%s%nReport: %s".formatted(verdict.sentence(), folder.resolve("report.html"))
        : "Stopped and saved at step %d of %d in %s; --resume goes on from there."
            .formatted(step, steps, folder);
  }
}
