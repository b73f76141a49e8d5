package io.tubelet.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a sitting of the training of a tokenizer ended.
 *
 * @param folder of the run
 * @param step updates done
 * @param steps updates of the whole run
 * @param score what the tokenizer is worth, once the last update is done
 */
public record TokenizerResult(Path folder, long step, long steps, Optional<TokenizerScore> score) {

  /** Whether the last update was done and nothing was learnt by then. */
  public boolean failed() {
    return score.isPresent() && !score.get().learnt();
  }

  /** A line or two for a person. */
  public String describe() {
    if (score.isPresent()) {
      return "%s%nReport: %s".formatted(score.get().sentence(), folder.resolve("report.html"));
    }
    return step == 0
        ? "Stopped before the first update; there is nothing to save."
        : "Stopped and saved at step %d of %d in %s; --resume goes on from there."
            .formatted(step, steps, folder);
  }
}
