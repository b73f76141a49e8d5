package io.tubelet.measure;

/** How much of loading is measured. */
public enum Work {
  /** Random windows, opened and decoded to RGB frames at their own size. */
  DECODE("decode only"),
  /** Cut, resized and put into a batch as well: all that a training run waits for. */
  LOAD("to the batch");

  private final String label;

  Work(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
