package io.tubelet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewCountTest {

  @Test
  void parse_clipsByCrops_isRead() {
    assertThat(ViewCount.parse("5x3")).isEqualTo(new ViewCount(5, 3));
    assertThat(ViewCount.parse(" 10 X 3 ")).isEqualTo(new ViewCount(10, 3));
    assertThat(new ViewCount(7, 3).total()).isEqualTo(21);
    assertThat(ViewCount.parse(new ViewCount(2, 1).toString())).isEqualTo(new ViewCount(2, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5x", "x3", "five x 3", "-1x3", "5x3x1", "99999x3"})
  void parse_otherText_isRefused(String text) {
    assertThatThrownBy(() -> ViewCount.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("5x3");
  }

  @Test
  void numbers_thatNobodyTests_areRefused() {
    assertThatThrownBy(() -> ViewCount.parse("0x3")).hasMessageContaining("at least one clip");
    assertThatThrownBy(() -> ViewCount.parse("5x2")).hasMessageContaining("1 or 3 crops, got 5x2");
  }
}
