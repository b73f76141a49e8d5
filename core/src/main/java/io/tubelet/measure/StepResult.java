package io.tubelet.measure;

import io.tubelet.train.Split;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * What was measured of a case.
 *
 * @param step the case
 * @param split how its batch was divided
 * @param parameters trained values
 * @param updates at least one
 * @param bytesBefore resident memory before the model was made, where the system tells
 * @param peakBytes the most resident memory, likewise
 * @param peakOfCase whether that is the case's own; else it is the process's so far
 * @param matrixRate operations a second of large matrix products in that precision, all threads,
 *     just before
 */
public record StepResult(
    StepCase step,
    Split split,
    long parameters,
    List<StepTiming> updates,
    OptionalLong bytesBefore,
    OptionalLong peakBytes,
    boolean peakOfCase,
    double matrixRate) {
  public StepResult {
    updates = List.copyOf(updates);
  }

  /** The most important of it in words. */
  public String describe() {
    return "%s s/update, %s GFLOP/s"
        .formatted(Figures.three(seconds().median()), Figures.three(rate() / 1e9));
  }

  /** Seconds of an update. */
  Spread seconds() {
    return Spread.of(updates.stream().mapToDouble(StepTiming::seconds).toArray());
  }

  double secondsPerClip() {
    return seconds().median() / step.batch();
  }

  /** Floating-point operations a second that the median update came to. */
  double rate() {
    return step.operations() / seconds().median();
  }

  /** What the model, its training state and the update itself took at most. */
  OptionalLong ownBytes() {
    return bytesBefore.isPresent() && peakBytes.isPresent()
        ? OptionalLong.of(peakBytes.getAsLong() - bytesBefore.getAsLong())
        : OptionalLong.empty();
  }

  /** An update that really was, of about the median's length: its phases add up. */
  StepTiming typical() {
    List<StepTiming> byLength =
        updates.stream().sorted(Comparator.comparingDouble(StepTiming::seconds)).toList();
    return byLength.get((byLength.size() - 1) / 2);
  }
}
