package io.tubelet.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogisticProbeTest {
  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = new TensorScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /** At the minimum of a convex function the gradient, written out here, is zero. */
  @Test
  void fit_convexProblem_endsWhereTheGradientIsZero() {
    FeatureSet set = SyntheticFeatures.set(90, 1, 10, 3, 0.7, 5);
    Tensor x = set.features().select(1, 0).to(ScalarType.Double);
    Tensor labels = set.labelsBeside(x);
    LogisticRegression optimum = new LogisticRegression(x, labels, 3, 0.03).fit(150);
    Tensor p = torch.matmul(x, optimum.weight()).add(optimum.bias()).softmax(1);
    Tensor g = p.sub(torch.one_hot(labels, 3)).div(new Scalar(90.0));
    Tensor weightGradient = torch.matmul(x.t(), g).add(optimum.weight().mul(new Scalar(0.03)));
    assertThat(weightGradient.abs().max().item_double()).isLessThan(1e-6);
    assertThat(g.sum(0).abs().max().item_double()).isLessThan(1e-6);
    assertThat(optimum.weight().abs().max().item_double()).isGreaterThan(0.1);
  }

  @Test
  void run_separableClasses_getsAllRight() {
    LogisticProbe probe = new LogisticProbe(LogisticProbeConfig.DEFAULT, Placement.CPU);
    ProbeResult result = probe.run(SyntheticFeatures.data(2, 12, 5));
    assertThat(result.test().top1()).isEqualTo(1);
    assertThat(result.best().setting()).hasToString("lambda 0.01");
    assertThat(result.test().logLoss()).isLessThan(0.1);
  }

  /** What means nothing is best told by the strongest penalty, which says next to nothing. */
  @Test
  void run_labelsWithoutMeaning_choosesTheStrongestPenalty() {
    LogisticProbe probe = new LogisticProbe(LogisticProbeConfig.DEFAULT, Placement.CPU);
    ProbeResult result = probe.run(SyntheticFeatures.data(2, 12, 0));
    assertThat(result.best().setting()).hasToString("lambda 1");
    assertThat(result.test().logLoss()).isCloseTo(Math.log(3), within(0.15));
  }

  @Test
  void run_constantFeature_isLeftOut() {
    ProbeData data = SyntheticFeatures.data(1, 12, 5);
    data.train().features().select(2, 4).fill_(new Scalar(1e-3));
    data.val().features().select(2, 4).fill_(new Scalar(1e-3));
    LogisticProbe probe = new LogisticProbe(LogisticProbeConfig.DEFAULT, Placement.CPU);
    assertThat(probe.run(data).test().top1()).isEqualTo(1);
  }

  @Test
  void run_manyTimes_freesWhatItMade() {
    ProbeData data = SyntheticFeatures.data(1, 6, 1);
    LogisticProbe probe =
        new LogisticProbe(
            new LogisticProbeConfig(List.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.5), 20, true),
            Placement.CPU);
    probe.run(data);
    long before = Pointer.totalCount();
    for (int i = 0; i < 4; i++) {
      probe.run(data);
    }
    assertThat(Pointer.totalCount()).isEqualTo(before);
  }

  @Test
  void config_nonsense_namesTheField() {
    assertThatThrownBy(() -> new LogisticProbeConfig(List.of(), 1, true))
        .hasMessageContaining("lambdas");
    assertThatThrownBy(() -> new LogisticProbeConfig(List.of(0.0), 1, true))
        .hasMessageContaining("got 0.0");
    assertThatThrownBy(() -> new LogisticProbeConfig(List.of(1.0), 0, true))
        .hasMessageContaining("iterations must be at least 1, got 0");
  }
}
