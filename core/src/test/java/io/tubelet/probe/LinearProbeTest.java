package io.tubelet.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.TensorScope;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinearProbeTest {
  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = new TensorScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static LinearProbe probe(
      List<Double> rates, List<Double> decays, int batch, int epochs, boolean norm) {
    return new LinearProbe(
        new LinearProbeConfig(new RateGrid(rates, decays), 0.9, batch, epochs, 1, norm, false, 7),
        Placement.CPU);
  }

  @Test
  void run_separableClasses_getsAllRight() {
    ProbeResult result =
        probe(List.of(0.3, 1.0), List.of(0.0), 32, 30, true).run(SyntheticFeatures.data(2, 12, 5));
    assertThat(result.test().top1()).isEqualTo(1);
    assertThat(result.best().train().orElseThrow().top1()).isEqualTo(1);
    assertThat(result.test().logLoss()).isLessThan(0.1);
    assertThat(result.testProbabilities()).hasDimensions(45, 3);
    assertThat(result.testProbabilities()[1][1]).isGreaterThan(0.8f);
  }

  @Test
  void run_labelsWithoutMeaning_isAboutChance() {
    ProbeResult result =
        probe(List.of(0.1), List.of(0.0), 32, 20, false).run(SyntheticFeatures.data(1, 4, 0));
    assertThat(result.test().top1()).isBetween(0.1, 0.6);
  }

  /** Every setting of a sweep learns what it learns alone. */
  @Test
  void fit_allSettingsAtOnce_equalsEachAlone() {
    ProbeData data = SyntheticFeatures.data(2, 12, 0.5);
    LinearProbe sweep = probe(List.of(0.03, 0.3), List.of(0.0, 0.01), 16, 10, true);
    Tensor together = sweep.fit(data.train(), 3).logProbabilities(data.test().features());
    for (int s = 0; s < 4; s++) {
      Tensor alone = sweep.only(s).fit(data.train(), 3).logProbabilities(data.test().features());
      assertThat(HostArrays.toFloats(together.select(0, s)))
          .containsExactly(HostArrays.toFloats(alone.select(0, 0)), within(1e-5f));
    }
  }

  /** Two updates written out in double precision, as PyTorch's SGD does them. */
  @Test
  void fit_twoUpdates_areTheWrittenOutOnes() {
    FeatureSet one = SyntheticFeatures.of(new float[] {2}, new int[] {1}, 1, 1);
    LinearProbeConfig config =
        new LinearProbeConfig(
            new RateGrid(List.of(64.0), List.of(0.1)), 0.9, 1, 3, 0, false, false, 0);
    double weight = 0;
    double bias = 0;
    double weightVelocity = 0;
    double biasVelocity = 0;
    for (int step = 0; step < 3; step++) {
      double lr = 64 * 1 / 256.0 * 0.5 * (1 + Math.cos(Math.PI * step / 3));
      double p = 1 / (1 + Math.exp(-2 * (2 * weight + bias))); // classes mirror each other
      double g = p - 1;
      weightVelocity = 0.9 * weightVelocity + 2 * g + 0.1 * weight;
      biasVelocity = 0.9 * biasVelocity + g;
      weight -= lr * weightVelocity;
      bias -= lr * biasVelocity;
    }
    Tensor judged =
        new LinearProbe(config, Placement.CPU).fit(one, 2).logProbabilities(one.features());
    double p = 1 / (1 + Math.exp(-2 * (2 * weight + bias)));
    assertThat(HostArrays.toFloats(judged)[1]).isCloseTo((float) Math.log(p), within(1e-6f));
  }

  @Test
  void run_oneRateFarTooHigh_choosesAnother() {
    ProbeResult result =
        probe(List.of(1e38, 0.3), List.of(0.0), 32, 20, false)
            .run(SyntheticFeatures.data(1, 12, 3));
    assertThat(result.chosen()).isEqualTo(1);
    assertThat(result.tried().get(0).val().logLoss()).isInfinite();
    assertThat(result.tried().get(0).val().top1()).isZero();
    assertThat(result.test().top1()).isGreaterThan(0.9);
  }

  @Test
  void run_everyRateTooHigh_saysSo() {
    LinearProbe probe = probe(List.of(1e38), List.of(0.0), 32, 20, false);
    ProbeData data = SyntheticFeatures.data(1, 12, 3);
    assertThatThrownBy(() -> probe.run(data)).hasMessageContaining("all 1 settings diverged");
  }

  @Test
  void run_twice_givesTheSameNumbersAndFreesWhatItMade() {
    ProbeData data = SyntheticFeatures.data(2, 12, 0.5);
    LinearProbe probe = probe(List.of(0.1), List.of(0.0), 16, 5, true);
    ProbeResult first = probe.run(data);
    long before = Pointer.totalCount();
    assertThat(probe.run(data).testProbabilities()).isDeepEqualTo(first.testProbabilities());
    assertThat(Pointer.totalCount()).isEqualTo(before);
  }

  @Test
  void run_refitted_learnsFromValidationToo() {
    LinearProbeConfig config =
        new LinearProbeConfig(
            new RateGrid(List.of(0.1), List.of(0.0)), 0.9, 32, 5, 1, false, true, 0);
    ProbeData data = SyntheticFeatures.data(1, 12, 0.5);
    ProbeResult result = new LinearProbe(config, Placement.CPU).run(data);
    assertThat(result.refitted()).isTrue();
    assertThat(result.test().logLoss()).isNotEqualTo(result.best().test().logLoss());
    FeatureSet both = data.train().joinedWith(data.val());
    assertThat(result.test())
        .isEqualTo(
            Evaluation.scores(new LinearProbe(config, Placement.CPU).fit(both, 3), data.test(), 1)
                .get(0));
  }

  @Test
  void run_halfPrecisionFeatures_areReadAsTheyAre() {
    ProbeData data = SyntheticFeatures.data(1, 12, 5);
    FeatureSet train = data.train();
    FeatureSet half =
        new FeatureSet(train.features().to(Precision.BF16.type()), train.labels(), train.names());
    ProbeResult result =
        probe(List.of(0.3), List.of(0.0), 32, 20, true)
            .run(new ProbeData(half, data.val(), data.test(), 3));
    assertThat(result.test().top1()).isEqualTo(1);
  }

  @Test
  void config_nonsense_namesTheField() {
    assertThatThrownBy(() -> probe(List.of(), List.of(0.0), 1, 2, false))
        .hasMessageContaining("learning-rates");
    assertThatThrownBy(() -> probe(List.of(-1.0), List.of(0.0), 1, 2, false))
        .hasMessageContaining("learning-rates must be above 0, got -1.0");
    assertThatThrownBy(() -> probe(List.of(1.0), List.of(-0.1), 1, 2, false))
        .hasMessageContaining("weight-decays");
    assertThatThrownBy(() -> probe(List.of(1.0), List.of(0.0), 1, 2, true))
        .hasMessageContaining("batch must be at least 2 with batch-norm, got 1");
    assertThatThrownBy(() -> probe(List.of(1.0), List.of(0.0), 1, 1, false))
        .hasMessageContaining("warmup-epochs=1, epochs=1");
  }
}
