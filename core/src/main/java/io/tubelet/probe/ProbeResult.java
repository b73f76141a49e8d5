package io.tubelet.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  /** The table of settings, top-1 with log-loss in brackets, and the final score, for a person. */
  public String describe() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < tried.size(); i++) {
      Tried row = tried.get(i);
      lines.add(
          "%s %-32s train %s  val %s  test %s"
              .formatted(
                  i == chosen ? "*" : " ",
                  row.setting(),
                  row.train().map(Score::toString).orElse("-"),
                  row.val(),
                  row.test()));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%s probe, %s%s: test %s on %d clips, %.1f s",
            kind,
            best().setting(),
            refitted ? ", fitted again to training and validation clips" : "",
            test,
            test.clips(),
            seconds));
    return String.join("\n", lines);
  }
}
