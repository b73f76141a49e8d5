package io.tubelet.optim;

/** The learning rate of every step: a pure function, so resuming needs the step's number only. */
public sealed interface LearningRate permits FractionalEpochCosine, SteppedCosine {
  /** The rate of optimiser step {@code step}, counted from 0. */
  double at(long step);

  /** {@code base * batch / 256}: how both programs scale rates with the effective batch. */
  static double scaled(double base, long effectiveBatch) {
    return base * effectiveBatch / 256;
  }
}
