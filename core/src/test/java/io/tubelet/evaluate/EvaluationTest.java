package io.tubelet.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  private static final List<String> CLASSES = List.of("run", "walk", "wave");

  private static ClipResult clip(String name, int label, double... p) {
    return new ClipResult(name, label, new Prediction(p));
  }

  /** Of run 2 of 3 are right, of walk 0 of 2, of wave none is there. */
  private static final List<ClipResult> RESULTS =
      List.of(
          clip("a", 0, 0.8, 0.1, 0.1),
          clip("b", 0, 0.5, 0.3, 0.2),
          clip("c", 0, 0.2, 0.7, 0.1),
          clip("d", 1, 0.6, 0.3, 0.1),
          clip("e", 1, 0.6, 0.1, 0.3));

  private static Evaluation evaluation() {
    return new Evaluation(
        RESULTS, CLASSES, 6, List.of(new Missing("f", "no video stream")), "5x3", 12);
  }

  @Test
  void accuracies_countTheEvaluatedClips() {
    assertThat(evaluation().top1()).isEqualTo(new Accuracy(2, 5));
    assertThat(evaluation().top(2)).isEqualTo(new Accuracy(4, 5));
    assertThat(evaluation().top5()).isEqualTo(new Accuracy(5, 5));
  }

  @Test
  void meanClassAccuracy_leavesOutClassesWithoutClips() {
    assertThat(evaluation().perClass())
        .containsExactly(
            new ClassAccuracy(0, new Accuracy(2, 3)),
            new ClassAccuracy(1, new Accuracy(0, 2)),
            new ClassAccuracy(2, new Accuracy(0, 0)));
    assertThat(evaluation().meanClassAccuracy()).isCloseTo(1 / 3.0, within(1e-15));
  }

  @Test
  void majorityShare_isThatOfTheMostFrequentLabel() {
    assertThat(evaluation().majorityShare()).isEqualTo(0.6);
  }

  @Test
  void confusion_hasARowForEachLabel() {
    assertThat(evaluation().confusion().counts())
        .isDeepEqualTo(new int[][] {{2, 1, 0}, {2, 0, 0}, {0, 0, 0}});
  }

  @Test
  void mostConfused_isByClips_thenByShareOfTheClass_thenByLabel() {
    var matrix =
        new ConfusionMatrix(new int[][] {{5, 1, 1, 0}, {3, 0, 0, 0}, {0, 1, 2, 0}, {1, 0, 0, 0}});
    assertThat(matrix.mostConfused(9))
        .containsExactly(
            new Confusion(1, 0, 3, 3),
            new Confusion(3, 0, 1, 1),
            new Confusion(2, 1, 1, 3),
            new Confusion(0, 1, 1, 7),
            new Confusion(0, 2, 1, 7));
    assertThat(matrix.mostConfused(1)).containsExactly(new Confusion(1, 0, 3, 3));
  }

  @Test
  void hardest_isByLogLoss_theEarlierOfEquals() {
    assertThat(evaluation().hardest(3)).extracting(ClipResult::name).containsExactly("e", "c", "d");
    var equal = List.of(clip("x", 0, 0.5, 0.25, 0.25), clip("y", 0, 0.5, 0.25, 0.25));
    assertThat(new Evaluation(equal, CLASSES, 2, List.of(), "1x1", 0).hardest(2))
        .extracting(ClipResult::name)
        .containsExactly("x", "y");
  }

  @Test
  void logLoss_isTheMeanOverTheClips() {
    double product = 0.8 * 0.5 * 0.2 * 0.3 * 0.1;
    assertThat(evaluation().logLoss()).isCloseTo(-Math.log(product) / 5, within(1e-12));
  }

  @Test
  void nothingEvaluated_isKnownAsNothing() {
    var none = new Evaluation(List.of(), CLASSES, 1, List.of(new Missing("f", "empty")), "5x3", 0);
    assertThat(none.top1()).isEqualTo(new Accuracy(0, 0));
    assertThat(none.meanClassAccuracy()).isNaN();
    assertThat(none.majorityShare()).isNaN();
    assertThat(none.logLoss()).isNaN();
    assertThat(none.hardest(5)).isEmpty();
    assertThat(none.confusion().mostConfused(5)).isEmpty();
  }

  @Test
  void clipNeitherEvaluatedNorMissing_isRefused() {
    assertThatThrownBy(() -> new Evaluation(RESULTS, CLASSES, 7, List.of(), "5x3", 0))
        .hasMessage("every listed clip is evaluated or missing: listed=7, evaluated=5, missing=0");
  }

  @Test
  void predictionOfOtherClasses_isRefusedWithTheClip() {
    assertThatThrownBy(
            () -> new Evaluation(RESULTS, List.of("run", "walk"), 5, List.of(), "5x3", 0))
        .hasMessage("a: a prediction of 3 classes, while 2 have names");
  }
}
