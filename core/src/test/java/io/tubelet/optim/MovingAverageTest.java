package io.tubelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MovingAverageTest {
  private final TensorScope scope = new TensorScope();
  private final Tensor weight = HostArrays.ofFloats(new float[] {1, -2}, 2);

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void update_twice_givesTheNumbersByHand() {
    try (MovingAverage average = new MovingAverage(Map.of("w", weight), 0.75)) {
      set(5, 2);
      average.update();
      assertThat(values(average)).containsExactly(0.75f * 1 + 0.25f * 5, 0.75f * -2 + 0.25f * 2);

      set(-6, 3);
      average.update();
      assertThat(values(average)).containsExactly(0.75f * 2 + 0.25f * -6, 0.75f * -1 + 0.25f * 3);
      assertThat(HostArrays.toFloats(weight)).containsExactly(-6, 3);
    }
  }

  @Test
  void update_weightThatIsTrained_isFollowed() {
    weight.requires_grad_(true);
    try (MovingAverage average = new MovingAverage(Map.of("w", weight), 0.5)) {
      average.update();
      average.swap();

      assertThat(values(average)).containsExactly(1, -2);
      assertThat(average(average).requires_grad()).isFalse();
      assertThat(weight.requires_grad()).isTrue();
    }
  }

  @Test
  void swap_once_exchangesAndTwiceIsAsBefore() {
    try (MovingAverage average = new MovingAverage(Map.of("w", weight), 0.9)) {
      set(0.1f, 0.3f);

      average.swap();
      assertThat(HostArrays.toFloats(weight)).containsExactly(1, -2);
      assertThat(values(average)).containsExactly(0.1f, 0.3f);

      average.swap();
      assertThat(HostArrays.toFloats(weight)).containsExactly(0.1f, 0.3f);
      assertThat(values(average)).containsExactly(1, -2);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, Double.NaN})
  void average_decayOutOfRange_isNamed(double decay) {
    assertThatThrownBy(() -> new MovingAverage(Map.of("w", weight), decay))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("averaging")
        .hasMessageContaining(Double.toString(decay));
  }

  @Test
  void close_afterUse_leavesNothingBehind() {
    long before = Pointer.totalCount();
    MovingAverage average = new MovingAverage(Map.of("w", weight), 0.9);
    average.update();
    average.swap();
    assertThat(Pointer.totalCount()).isGreaterThan(before);

    average.close();

    assertThat(Pointer.totalCount()).isEqualTo(before);
  }

  private void set(float... values) {
    try (TensorScope inner = new TensorScope()) {
      weight.detach().copy_(HostArrays.ofFloats(values, values.length));
    }
  }

  private static float[] values(MovingAverage average) {
    return HostArrays.toFloats(average(average));
  }

  private static Tensor average(MovingAverage average) {
    return Objects.requireNonNull(average.averages().get("w"));
  }
}
