package io.tubelet.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MeanAndSpreadTest {

  /** Deviations -2, 0, 2: squares 8, over n - 1 = 2 gives 4. */
  @Test
  void spread_dividesByOneLess() {
    assertThat(MeanAndSpread.of(4, 6, 8)).isEqualTo(new MeanAndSpread(6, 2, 3));
  }

  @Test
  void oneValue_hasNoSpread() {
    MeanAndSpread one = MeanAndSpread.of(0.5);
    assertThat(one.mean()).isEqualTo(0.5);
    assertThat(one.spread()).isNaN();
    assertThat(one.percent()).isEqualTo("50.0 (n = 1)");
  }

  @Test
  void equalValues_doNotSpread() {
    assertThat(MeanAndSpread.of(0.1, 0.1, 0.1, 0.1).spread()).isCloseTo(0, within(1e-15));
  }

  @Test
  void text_isReadyForATable() {
    assertThat(MeanAndSpread.of(0.60, 0.62, 0.64).percent()).isEqualTo("62.0 ± 2.0 (n = 3)");
    assertThat(MeanAndSpread.of(4, 6, 8).text(2)).isEqualTo("6.00 ± 2.00 (n = 3)");
  }

  @Test
  void noValue_isRefused() {
    assertThatThrownBy(() -> MeanAndSpread.of()).hasMessage("a mean needs at least one value");
  }
}
