package io.tubelet.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TicksTest {

  private static List<String> texts(Ticks ticks) {
    return Arrays.stream(ticks.values()).mapToObj(Ticks::plain).toList();
  }

  @Test
  void covering_enclosesTheValuesInRoundSteps() {
    Ticks ticks = Ticks.covering(0.62, 1.03, 5);
    assertThat(texts(ticks)).containsExactly("0.6", "0.7", "0.8", "0.9", "1", "1.1");
    assertThat(ticks.low()).isLessThanOrEqualTo(0.62);
    assertThat(ticks.high()).isGreaterThanOrEqualTo(1.03);
  }

  @Test
  void over_staysWithinTheValues() {
    assertThat(texts(Ticks.over(0, 33, 7))).containsExactly("0", "5", "10", "15", "20", "25", "30");
  }

  @Test
  void constantValue_stillHasAnAxis() {
    Ticks ticks = Ticks.covering(0, 0, 5);
    assertThat(ticks.high()).isGreaterThan(ticks.low());
  }
}
