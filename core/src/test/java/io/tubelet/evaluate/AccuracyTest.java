package io.tubelet.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccuracyTest {

  /**
   * Worked out on paper from Wilson's formula with z = 1.96: for 8 of 10, centre (0.8 + 0.19207) /
   * 1.38415 = 0.71674, reach 1.96 * sqrt(0.016 + 0.009604) / 1.38415 = 0.22659. With none right the
   * upper end is z^2 / (n + z^2), with one half right the centre is one half.
   */
  @ParameterizedTest(name = "{0} of {1} lies between {2} and {3}")
  @CsvSource({
    "8, 10, 0.4902, 0.9433",
    "0, 10, 0.0000, 0.2775",
    "10, 10, 0.7225, 1.0000",
    "50, 100, 0.4038, 0.5962",
    "1, 1, 0.2065, 1.0000",
  })
  void interval_isWilsons(int correct, int clips, double low, double high) {
    var accuracy = new Accuracy(correct, clips);
    assertThat(accuracy.low()).isCloseTo(low, within(5e-5));
    assertThat(accuracy.high()).isCloseTo(high, within(5e-5));
  }

  @Test
  void interval_isMirroredWhereRightAndWrongAreExchanged() {
    var right = new Accuracy(37, 120);
    var wrong = new Accuracy(83, 120);
    assertThat(wrong.low()).isCloseTo(1 - right.high(), within(1e-15));
    assertThat(wrong.high()).isCloseTo(1 - right.low(), within(1e-15));
  }

  @Test
  void withoutClips_nothingIsKnown() {
    var none = new Accuracy(0, 0);
    assertThat(none.share()).isNaN();
    assertThat(none.low()).isZero();
    assertThat(none.high()).isOne();
  }

  @Test
  void moreRightThanScored_isRefused() {
    assertThatThrownBy(() -> new Accuracy(11, 10))
        .hasMessage("correct must be 0 to clips, got correct=11 clips=10");
  }
}
