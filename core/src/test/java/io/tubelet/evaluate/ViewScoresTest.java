package io.tubelet.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ViewScoresTest {

  private static float[] scores(float... p) {
    return p;
  }

  @Test
  void mean_isOverTheViewsOfEachClip_inWhateverOrderTheyCome() {
    var scores = new ViewScores(2, 2, 3);
    scores.add(1, scores(0, 0, 1));
    scores.add(0, scores(0.5f, 0.25f, 0.25f));
    scores.add(0, scores(0, 0.75f, 0.25f));
    scores.add(1, scores(0, 1, 0));
    assertThat(scores.mean(0).probabilities()).containsExactly(0.25, 0.5, 0.25);
    assertThat(scores.mean(1).probabilities()).containsExactly(0, 0.5, 0.5);
  }

  /** Two views that are sure of one class outvote a third that is surer of another. */
  @Test
  void softmaxIsAveraged_notTheVotes() {
    var scores = new ViewScores(1, 3, 2);
    scores.add(0, scores(0.6f, 0.4f));
    scores.add(0, scores(0.6f, 0.4f));
    scores.add(0, scores(0.1f, 0.9f));
    assertThat(scores.mean(0).best()).isEqualTo(1);
    assertThat(scores.mean(0).probability(0)).isCloseTo(1.3 / 3, within(1e-7));
  }

  @Test
  void viewTooMany_isRefused() {
    var scores = new ViewScores(1, 1, 2);
    scores.add(0, scores(1, 0));
    assertThat(scores.complete(0)).isTrue();
    assertThatThrownBy(() -> scores.add(0, scores(1, 0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("clip 0 has all its 1 views, and another came");
  }

  @Test
  void clipWithTooFewViews_hasNoMean() {
    var scores = new ViewScores(2, 15, 2);
    scores.add(1, scores(1, 0));
    assertThat(scores.count(1)).isEqualTo(1);
    assertThat(scores.complete(1)).isFalse();
    assertThatThrownBy(() -> scores.mean(1)).hasMessage("clip 1 has 1 of its 15 views");
    assertThatThrownBy(() -> scores.mean(0)).hasMessage("clip 0 has 0 of its 15 views");
  }

  @Test
  void scoresThatAreNoSoftmax_areRefusedAndDoNotCount() {
    var scores = new ViewScores(1, 1, 2);
    assertThatThrownBy(() -> scores.add(0, scores(3.5f, -1)))
        .hasMessage(
            "clip 0: the scores of a view must be probabilities that sum to 1, got [3.5, -1.0]");
    assertThatThrownBy(() -> scores.add(0, scores(Float.NaN, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> scores.add(0, scores(0.5f, 0.25f, 0.25f)))
        .hasMessage("clip 0: scores of 2 classes expected, got 3");
    assertThat(scores.count(0)).isZero();
  }
}
