package io.tubelet.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1.00",
    "0.5, 0.500",
    "1.6449, 1.64",
    "0.0041511, 0.00415",
    "4679.7, 4680",
    "100, 100",
    "99.96, 100",
    "0, 0.00"
  })
  void three_anyNumber_hasThreeDigits(double value, String text) {
    assertThat(Figures.three(value)).isEqualTo(text);
  }
}
