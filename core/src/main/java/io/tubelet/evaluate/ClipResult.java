package io.tubelet.evaluate;

/**
 * A clip that was evaluated.
 *
 * @param name as its list has it
 * @param label its class
 * @param prediction mean over its views
 */
public record ClipResult(String name, int label, Prediction prediction) {

  public ClipResult {
    if (label < 0 || label >= prediction.classes()) {
      throw new IllegalArgumentException(
          "%s: the label must be 0 to %d, as there are %d classes, got %d"
              .formatted(name, prediction.classes() - 1, prediction.classes(), label));
    }
  }

  /** Whether the label is among the {@code k} most probable classes. */
  public boolean hit(int k) {
    return prediction.rank(label) <= k;
  }

  public double logLoss() {
    return prediction.logLoss(label);
  }
}
