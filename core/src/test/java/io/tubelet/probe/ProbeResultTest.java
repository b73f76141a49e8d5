package io.tubelet.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProbeResultTest {
  private static Score score(double top1, double logLoss) {
    return new Score(top1, logLoss, 8);
  }

  @Test
  void describe_twoSettings_marksTheChosenOne() {
    Score half = score(0.5, 1.25);
    ProbeResult result =
        new ProbeResult(
            "knn",
            List.of(
                new ProbeResult.Tried(new Setting(Map.of("k", 5.0)), Optional.empty(), half, half),
                new ProbeResult.Tried(
                    new Setting(Map.of("k", 1e-4)), Optional.of(half), half, half)),
            1,
            true,
            score(0.625, 1),
            new float[8][2],
            0.25);
    assertThat(result.describe().lines())
        .containsExactly(
            "  k 5                              train -  val 50.0 % (1.250)  test 50.0 % (1.250)",
            "* k 0.0001                         train 50.0 % (1.250)  val 50.0 % (1.250)"
                + "  test 50.0 % (1.250)",
            "knn probe, k 0.0001, fitted again to training and validation clips:"
                + " test 62.5 % (1.000) on 8 clips, 0.3 s");
  }

  @Test
  void best_equallyManyRight_takesTheLowerLossAndThenTheFirst() {
    List<Score> scores = List.of(score(0.5, 1), score(0.75, 2), score(0.75, 1.5), score(0.75, 1.5));
    assertThat(Criterion.TOP1.best(scores)).isEqualTo(2);
    assertThat(Criterion.LOG_LOSS.best(scores)).isZero();
  }

  @Test
  void best_nothingFinite_isAnError() {
    List<Score> scores = List.of(score(0, Double.POSITIVE_INFINITY));
    assertThatThrownBy(() -> Criterion.LOG_LOSS.best(scores)).hasMessageContaining("diverged");
  }
}
