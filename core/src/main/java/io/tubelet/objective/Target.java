package io.tubelet.objective;

import io.tubelet.model.PredictedFrames;

/**
 * What is predicted of hidden tokens, as a recipe says it. Every way the project knows is listed
 * here; each makes {@link TargetValues}, which compute it.
 */
public sealed interface Target permits PixelTarget, HogTarget, TokenTarget, TeacherTarget {

  /**
   * Predicted values of a token, P'.
   *
   * @throws IllegalArgumentException when tokens of that size have no such target
   */
  int valuesPerToken(PredictedFrames frames);

  /** Whether predictions of it can be scored so: numbers by distances, words by likelihood. */
  default boolean isScoredBy(Loss loss) {
    return loss != Loss.CROSS_ENTROPY;
  }

  /** For the reader of a page. */
  String describe(PredictedFrames frames);
}
