package io.tubelet.probe;

import java.util.List;
import java.util.Optional;

/**
 * What a probe found.
 *
 * @param kind which probe
 * @param tried all settings in order
 * @param chosen which of them
 * @param refitted whether the chosen setting was fitted again to training and validation clips
 * @param test of the final learner
 * @param testProbabilities of each test clip, {@code [n][C]}, in the order of the test set
 * @param seconds spent, all settings together
 */
public record ProbeResult(
    String kind,
    List<Tried> tried,
    int chosen,
    boolean refitted,
    Score test,
    float[][] testProbabilities,
    double seconds) {
  /**
   * A row of the table of settings; every score is of the learner fitted to the training clips
   * alone, so that rows can be compared.
   *
   * @param train empty where nothing is learnt that could be scored
   */
  public record Tried(Setting setting, Optional<Score> train, Score val, Score test) {}

  public ProbeResult {
    tried = List.copyOf(tried);
  }

  /** The chosen setting's row. */
  public Tried best() {
    return tried.get(chosen);
  }
}
