package io.tubelet.train;

/** Too many steps had a loss or gradient that is not a number; checkpoints are untouched. */
public final class TrainingDiverged extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TrainingDiverged(String message) {
    super(message);
  }
}
