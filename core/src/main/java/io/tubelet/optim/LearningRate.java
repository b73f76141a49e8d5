package io.tubelet.optim;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The learning rate of every step: a pure function, so resuming needs the step's number only. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FractionalEpochCosine.class, name = "fractional-epoch-cosine"),
  @JsonSubTypes.Type(value = SteppedCosine.class, name = "stepped-cosine")
})
public sealed interface LearningRate permits FractionalEpochCosine, SteppedCosine {
  /** The rate of optimiser step {@code step}, counted from 0. */
  double at(long step);

  /** {@code base * batch / 256}: how both programs scale rates with the effective batch. */
  static double scaled(double base, long effectiveBatch) {
    return base * effectiveBatch / 256;
  }
}
