package io.tubelet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLineTest {

  private static final StepReport REPORT =
      new StepReport(1234, 4.07, 0.7123, 1.2e-3, 0.5, 186.2, 0.031, 2, 0, 120, 0);

  @Test
  void line_ofAStep_readsAsDocumented() {
    assertThat(new ProgressLine(10_000, 33, 16).of(REPORT))
        .isEqualTo(
            "12.3% epoch 4.1/33 step 1234/10000 loss 0.712 lr 1.2e-03 186 clips/s wait 3% ETA 12m33s");
  }

  @Test
  void line_inACountryOfDecimalCommas_keepsPoints() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(new ProgressLine(10_000, 33.5, 16).of(REPORT))
          .contains("12.3% epoch 4.1/33.5 ")
          .doesNotContain(",");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void line_afterSkippedSteps_countsThem() {
    var report = new StepReport(10, 1, Double.NaN, 1e-3, Double.NaN, 5, 0, 2, 2, 1, 0);
    assertThat(new ProgressLine(100, 10, 1).of(report))
        .contains(" loss -- ")
        .contains(" skipped 2 ETA");
  }

  @Test
  void line_withoutSpeed_knowsNoEta() {
    var report = new StepReport(0, 0, Double.NaN, 0, Double.NaN, 0, 0, 0, 0, 0, 0);
    assertThat(new ProgressLine(100, 10, 1).of(report)).endsWith("ETA --");
  }

  @Test
  void secondsLeft_atTheEnd_isZero() {
    assertThat(new ProgressLine(1234, 33, 16).secondsLeft(REPORT)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "0,0s",
    "33.6,34s",
    "59.7,1m00s",
    "724,12m04s",
    "11220,3h07m",
    "190800,2d05h",
    "NaN,--"
  })
  void duration_hasTwoUnits(double seconds, String text) {
    assertThat(ProgressLine.duration(seconds)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"186.2,186", "99.96,100", "18.62,18.6", "9.996,10.0", "1.862,1.86", "0,0.00"})
  void rate_hasThreeDigits(double perSecond, String text) {
    assertThat(ProgressLine.rate(perSecond)).isEqualTo(text);
  }

  @Test
  void progressOfNoSteps_isRefused() {
    assertThatThrownBy(() -> new ProgressLine(0, 1, 1)).hasMessageContaining("totalSteps=0");
  }
}
