package io.tubelet.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KnnProbeTest {
  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = new TensorScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static KnnProbe probe(List<Integer> neighbours, double temperature, boolean refit) {
    return new KnnProbe(new KnnProbeConfig(neighbours, temperature, false, refit), Placement.CPU);
  }

  /**
   * Directions at 0, 90 and 180 degrees; two views of the query lie at 0 and 90, so it is at 45.
   */
  @Test
  void run_threeClips_isTheHandComputation() {
    FeatureSet train =
        SyntheticFeatures.of(
            new float[] {3, 0, 3, 0, 0, 2, 0, 2, -1, 0, -1, 0}, new int[] {0, 1, 1}, 2, 2);
    FeatureSet query = SyntheticFeatures.of(new float[] {2, 0, 0, 1}, new int[] {1}, 2, 2);
    ProbeResult result =
        probe(List.of(1, 2, 3), 0.5, false).run(new ProbeData(train, query, query, 2));
    double root5 = Math.sqrt(5); // the mean view is (1, 0.5)
    double w0 = Math.exp(2 / root5 / 0.5);
    double w1 = Math.exp(1 / root5 / 0.5);
    double w2 = Math.exp(-2 / root5 / 0.5);
    assertThat(result.tried().get(0).val().top1()).isZero();
    assertThat(result.tried().get(0).val().logLoss()).isCloseTo(-Math.log(1e-6), within(1e-6));
    assertThat(result.tried().get(1).val().logLoss())
        .isCloseTo(-Math.log(w1 / (w0 + w1)), within(1e-6));
    assertThat(result.tried().get(2).val().logLoss())
        .isCloseTo(-Math.log((w1 + w2) / (w0 + w1 + w2)), within(1e-6));
    assertThat(result.tried().get(0).train()).isEmpty();
  }

  @Test
  void run_separableClasses_getsAllRightAndFreesWhatItMade() {
    ProbeData data = SyntheticFeatures.data(2, 12, 5);
    long before = Pointer.totalCount();
    ProbeResult result = new KnnProbe(KnnProbeConfig.DEFAULT, Placement.CPU).run(data);
    assertThat(result.test().top1()).isEqualTo(1);
    assertThat(result.refitted()).isTrue();
    assertThat(result.best().setting()).hasToString("k 5");
    assertThat(Pointer.totalCount()).isEqualTo(before);
  }

  /** A shift common to all clips hides the classes from the cosine, but not after z-scoring. */
  @Test
  void run_featuresFarFromTheOrigin_standardisingHelps() {
    ProbeData data = SyntheticFeatures.data(1, 12, 2);
    data.train().features().add_(new Scalar(1e4));
    data.val().features().add_(new Scalar(1e4));
    data.test().features().add_(new Scalar(1e4));
    KnnProbeConfig config = new KnnProbeConfig(List.of(10), 0.1, true, false);
    assertThat(new KnnProbe(config, Placement.CPU).run(data).test().top1()).isGreaterThan(0.9);
  }

  @Test
  void run_moreNeighboursThanClips_isRefused() {
    KnnProbe probe = probe(List.of(5, 61), 0.1, true);
    ProbeData data = SyntheticFeatures.data(1, 4, 1);
    assertThatThrownBy(() -> probe.run(data)).hasMessageContaining("k=61, clips=60");
  }

  @Test
  void config_nonsense_namesTheField() {
    assertThatThrownBy(() -> probe(List.of(), 0.1, true)).hasMessageContaining("neighbours");
    assertThatThrownBy(() -> probe(List.of(0), 0.1, true))
        .hasMessageContaining("neighbours must be at least 1, got 0");
    assertThatThrownBy(() -> probe(List.of(1), 0, true))
        .hasMessageContaining("temperature must be above 0, got 0.0");
  }
}
