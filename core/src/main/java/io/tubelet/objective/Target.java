package io.tubelet.objective;

import io.tubelet.model.PredictedFrames;

/**
 * What is predicted of hidden tokens, as a recipe says it. Every way the project knows is listed
 * here; each makes {@link TargetValues}, which compute it.
 */
public sealed interface Target permits PixelTarget, HogTarget, TeacherTarget {

  /**
   * Predicted values of a token, P'.
   *
   * @throws IllegalArgumentException when tokens of that size have no such target
   */
  int valuesPerToken(PredictedFrames frames);

  /** For the reader of a page. */
  String describe(PredictedFrames frames);
}
