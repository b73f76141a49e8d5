package io.tubelet.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LossTest {
  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = new TensorScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /** One clip of two tokens of two values. */
  private static Tensor values(float... values) {
    return HostArrays.ofFloats(values, 1, 2, 2);
  }

  /** Distances 0, 0.5, 1 and 3: below, at and above the bend of the smooth one. */
  @ParameterizedTest
  @CsvSource({"MSE, 2.5625", "L1, 1.125", "SMOOTH_L1, 0.78125"})
  void of_fourDistances_isTheirMean(Loss loss, double expected) {
    Tensor prediction = values(1, 2.5f, -3, 4);
    Tensor target = values(1, 2, -2, 1);
    assertThat(loss.of(prediction, target).item_double()).isCloseTo(expected, within(1e-6));
    assertThat(loss.of(target, prediction).item_double()).isCloseTo(expected, within(1e-6));
  }

  /** Their mean is 5, the distances from it 4, 2, 0 and 2. */
  @ParameterizedTest
  @CsvSource({"MSE, 6", "L1, 2", "SMOOTH_L1, 1.625"})
  void ofMean_fourValues_isTheSpreadAroundTheMeanOfAll(Loss loss, double expected) {
    assertThat(loss.ofMean(values(1, 7, 5, 7)).item_double()).isCloseTo(expected, within(1e-6));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CROSS_ENTROPY")
  void of_prediction_canBeDifferentiated(Loss loss) {
    Tensor prediction = values(1, 2, 3, 4).set_requires_grad(true);
    loss.of(prediction, values(1, 1, 1, 1)).backward();
    float[] gradient = HostArrays.toFloats(prediction.grad());
    assertThat(gradient[0]).isZero();
    assertThat(gradient[3]).isPositive();
  }

  /** Two words of one token out of three: shares 1/2, 1/4, 1/4, then 1/6, 1/6, 2/3. */
  @Test
  void of_wordsOfAToken_areEachScoredAmongTheirOwnVocabulary() {
    float ln2 = (float) Math.log(2);
    float ln4 = (float) Math.log(4);
    Tensor prediction = HostArrays.ofFloats(new float[] {ln2, 0, 0, 0, 0, ln4}, 1, 1, 6);
    Tensor words = HostArrays.ofLongs(new long[] {0, 2}, 1, 1, 2);
    assertThat(Loss.CROSS_ENTROPY.of(prediction, words).item_double())
        .isCloseTo((Math.log(2) + Math.log(1.5)) / 2, within(1e-6));
  }

  /** Half of the words are one, half the other: ln 2, and (2 - 1) / (2 * 8) for their number. */
  @Test
  void ofMean_twoWordsEquallyOften_isTheirEntropyCorrected() {
    Tensor words = HostArrays.ofLongs(new long[] {7, 3, 3, 7, 7, 3, 7, 3}, 2, 4, 1);
    assertThat(Loss.CROSS_ENTROPY.ofMean(words).item_double())
        .isCloseTo(Math.log(2) + 1.0 / 16, within(1e-6));
  }
}
