package io.tubelet.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PredictionTest {

  @Test
  void top_isByFallingProbability() {
    var p = new Prediction(new double[] {0.1, 0.4, 0.2, 0.3});
    assertThat(p.top(3)).containsExactly(1, 3, 2);
    assertThat(p.best()).isEqualTo(1);
  }

  @Test
  void equalProbabilities_areInOrderOfTheirClasses() {
    var p = new Prediction(new double[] {0.2, 0.3, 0.2, 0.3});
    assertThat(p.top(4)).containsExactly(1, 3, 0, 2);
    assertThat(p.best()).isEqualTo(1);
    assertThat(p.rank(3)).isEqualTo(2);
    assertThat(p.rank(2)).isEqualTo(4);
  }

  @Test
  void rank_isThePlaceInTop() {
    var p = new Prediction(new double[] {0.05, 0.3, 0.05, 0.3, 0.2, 0.1});
    int[] top = p.top(6);
    for (int place = 0; place < top.length; place++) {
      assertThat(p.rank(top[place])).isEqualTo(place + 1);
    }
  }

  @Test
  void moreThanThereAre_givesAllClasses() {
    assertThat(new Prediction(new double[] {0.4, 0.6}).top(5)).containsExactly(1, 0);
  }

  @Test
  void logLoss_isNatural_andFiniteEvenForZero() {
    var p = new Prediction(new double[] {Math.exp(-2), 1 - Math.exp(-2), 0});
    assertThat(p.logLoss(0)).isCloseTo(2, within(1e-12));
    assertThat(p.logLoss(2)).isCloseTo(27.631, within(1e-3)); // 12 ln 10
  }

  @Test
  void whatIsNoProbability_isRefusedWithItsClass() {
    assertThatThrownBy(() -> new Prediction(new double[] {0.5, Double.NaN}))
        .hasMessage("the probability of class 1 must be 0 to 1, got NaN");
    assertThatThrownBy(() -> new Prediction(new double[] {2.5, 0}))
        .hasMessage("the probability of class 0 must be 0 to 1, got 2.5");
    assertThatThrownBy(() -> new Prediction(new double[0]))
        .hasMessage("a prediction needs at least one class");
  }

  @Test
  void labelOutsideTheClasses_isRefusedWithTheClip() {
    var p = new Prediction(new double[] {0.4, 0.6});
    assertThatThrownBy(() -> new ClipResult("a.mp4", 2, p))
        .hasMessage("a.mp4: the label must be 0 to 1, as there are 2 classes, got 2");
  }
}
