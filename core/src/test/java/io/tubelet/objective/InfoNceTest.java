package io.tubelet.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfoNceTest {
  private final TensorScope scope = new TensorScope();

  @AfterEach
  void close() {
    scope.close();
  }

  private static Tensor rows(float... values) {
    return HostArrays.ofFloats(values, values.length / 2, 2);
  }

  /**
   * Queries along (1, 0) and (3, 4) / 5, keys along (0.6, 0.8) and (0, 1): cosines 0.6 and 0 of the
   * first query, 1 and 0.8 of the second. With temperature 0.5 the logits are 1.2 and 0, 2 and 1.6.
   */
  @Test
  void of_twoPairs_isTheNumberByHand() {
    Tensor queries = rows(2, 0, 3, 4);
    Tensor keys = rows(0.3f, 0.4f, 0, 7);
    double first = Math.log(Math.exp(1.2) + 1) - 1.2;
    double second = Math.log(Math.exp(2) + Math.exp(1.6)) - 1.6;
    double expected = 2 * 0.5 * (first + second) / 2;

    assertThat(new InfoNce(0.5).of(queries, keys).item_double()).isCloseTo(expected, within(1e-6));
  }

  /** A sharper comparison forgives the same confusion less. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.2, 1})
  void of_anyTemperature_dividesTheCosinesByIt(double temperature) {
    Tensor queries = rows(1, 0, 0, 1);
    Tensor keys = rows(0.8f, 0.6f, 0.6f, 0.8f);
    double expected = 2 * temperature * Math.log(1 + Math.exp((0.6 - 0.8) / temperature));

    assertThat(new InfoNce(temperature).of(queries, keys).item_double())
        .isCloseTo(expected, within(1e-6));
  }

  @Test
  void of_keysAllAlike_costsWhatGuessingDoes() {
    InfoNce loss = new InfoNce(0.2);
    Tensor queries = rows(1, 2, -3, 1, 0, 5);
    Tensor keys = rows(1, 1, 1, 1, 1, 1);

    assertThat(loss.of(queries, keys).item_double()).isCloseTo(loss.ofGuessing(3), within(1e-6));
    assertThat(loss.ofGuessing(3)).isCloseTo(0.4 * Math.log(3), within(1e-12));
  }

  @Test
  void of_gradient_pullsAQueryTowardsItsKey() {
    Tensor queries = rows(1, 0, 0, 1).set_requires_grad(true);
    Tensor keys = rows(0.8f, 0.6f, -0.6f, 0.8f);
    InfoNce loss = new InfoNce(0.2);
    Tensor before = loss.of(queries, keys);
    before.backward();
    Tensor moved = queries.detach().sub(queries.grad());

    assertThat(loss.of(moved, keys).item_double()).isLessThan(before.item_double());
  }

  @Test
  void of_zeroVector_isFinite() {
    double loss = new InfoNce(0.2).of(rows(0, 0, 1, 1), rows(1, 0, 0, 1)).item_double();
    assertThat(loss).isFinite();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.2, Double.NaN})
  void temperature_notAboveZero_isRefused(double temperature) {
    assertThatThrownBy(() -> new InfoNce(temperature))
        .hasMessageContaining("contrast.temperature")
        .hasMessageContaining(Double.toString(temperature));
  }

  @Test
  void of_otherShapes_areRefused() {
    assertThatThrownBy(() -> new InfoNce(0.2).of(rows(1, 2, 3, 4), rows(1, 2)))
        .hasMessageContaining("keys");
  }
}
