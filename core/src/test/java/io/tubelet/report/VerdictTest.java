package io.tubelet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

  @Test
  void finalLoss_isTheMeanOfTheLastTenth() {
    var steps = new ArrayList<StepReport>();
    for (int i = 1; i <= 20; i++) {
      steps.add(Reports.at(i, i));
    }
    assertThat(Verdict.of(steps, 100).finalLoss()).isEqualTo(19.5);
  }

  @Test
  void lossThatIsNotFinite_isLeftOut() {
    Verdict verdict = Verdict.of(List.of(Reports.at(1, 0.5), Reports.at(2, Double.NaN)), 1);
    assertThat(verdict.finalLoss()).isEqualTo(0.5);
    assertThat(verdict.gain()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void gainWithinTheMargin_isNotLearning() {
    assertThat(new Verdict(1, 0.981, "guessing").learnt()).isFalse();
    assertThat(new Verdict(1, 0.979, "guessing").learnt()).isTrue();
  }

  @Test
  void baselineUnknown_isUndecided() {
    Verdict verdict = new Verdict(Double.NaN, 0.5, "guessing");
    assertThat(verdict.decided()).isFalse();
    assertThat(verdict.learnt()).isFalse();
    assertThat(verdict.sentence()).contains("no baseline");
  }
}
