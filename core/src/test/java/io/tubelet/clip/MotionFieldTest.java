package io.tubelet.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MotionFieldTest {
  private static final MotionField FIELD = new MotionField(2, 3, new float[] {1, 2, 3, 4, 5, 6});

  @Test
  void mean_boxes_areWeightedByTheAreaTheyShare() {
    assertThat(FIELD.mean(0, 0, 1, 1)).isCloseTo(3.5, within(1e-9));
    assertThat(FIELD.mean(0.5, 2 / 3.0, 1, 1)).isCloseTo(6, within(1e-9));
    // The right half of the middle column's upper cell, and the right column's upper one.
    assertThat(FIELD.mean(0, 0.5, 0.5, 1)).isCloseTo((0.5 * 2 + 3) / 1.5, within(1e-9));
    assertThat(FIELD.mean(0.25, 0.1, 0.3, 0.2)).isCloseTo(1, within(1e-9));
  }

  @Test
  void field_lengthsThatDoNotFit_areRefused() {
    assertThatThrownBy(() -> new MotionField(2, 2, new float[3])).hasMessageContaining("2 x 2");
  }
}
