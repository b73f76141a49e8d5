package io.tubelet.probe;

import io.tubelet.tensor.TensorScope;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A small learner over frozen features that tries several settings at once. */
public sealed interface Probe permits AttentiveProbe, KnnProbe, LinearProbe, LogisticProbe {
  /** A word for reports. */
  String kind();

  /** How it learns. */
  ProbeConfig config();

  /** The same probe with one of its settings only. */
  Probe only(int setting);

  /** What a setting is chosen by. */
  default Criterion criterion() {
    return Criterion.TOP1;
  }

  /** Whether the training clips can be judged too, which a vote among themselves cannot. */
  default boolean judgesTraining() {
    return true;
  }

  /** Refuses data that do not suit this probe. */
  default void check(ProbeData data) {}

  /** Fits every setting to these clips; the result belongs to the innermost scope. */
  FittedProbe fit(FeatureSet train, int classes);

  /**
   * Fits all settings to the training clips, chooses one by the validation clips, and judges it on
   * the test clips. The features are only read.
   *
   * @throws IllegalArgumentException if the data do not suit this probe
   * @throws IllegalStateException if every setting diverged
   */
  default ProbeResult run(ProbeData data) {
    check(data);
    long start = System.nanoTime();
    boolean refits = config().refit();
    try (TensorScope scope = new TensorScope();
        FittedProbe fitted = fit(data.train(), data.classes())) {
      List<ProbeResult.Tried> tried = tried(fitted, data);
      int chosen = criterion().best(tried.stream().map(ProbeResult.Tried::val).toList());
      try (FittedProbe last = refits ? refit(chosen, data) : fitted) {
        int setting = refits ? 0 : chosen;
        Score test =
            refits ? Evaluation.scores(last, data.test(), 1).get(0) : tried.get(chosen).test();
        float[][] probabilities = Evaluation.probabilities(last, data.test(), setting);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new ProbeResult(kind(), tried, chosen, refits, test, probabilities, seconds);
      }
    }
  }

  private FittedProbe refit(int chosen, ProbeData data) {
    return only(chosen).fit(data.train().joinedWith(data.val()), data.classes());
  }

  private List<ProbeResult.Tried> tried(FittedProbe fitted, ProbeData data) {
    List<Setting> settings = config().settings();
    int count = settings.size();
    Optional<List<Score>> train =
        judgesTraining()
            ? Optional.of(Evaluation.scores(fitted, data.train(), count))
            : Optional.empty();
    List<Score> val = Evaluation.scores(fitted, data.val(), count);
    List<Score> test = Evaluation.scores(fitted, data.test(), count);
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new ProbeResult.Tried(
                    settings.get(i), train.map(scores -> scores.get(i)), val.get(i), test.get(i)))
        .toList();
  }
}
