package io.tubelet.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class FeatureAgreementTest {
  /** The feature is 9 and 11: a deviation of 1. One of two values is off by a half. */
  @Test
  void of_twoClips_isTheHandComputation() {
    try (TensorScope scope = new TensorScope()) {
      Tensor exact = HostArrays.ofFloats(new float[] {9, 11}, 2, 1, 1);
      Tensor other = HostArrays.ofFloats(new float[] {9, 11.5f}, 2, 1, 1);
      FeatureAgreement agreement = FeatureAgreement.of(exact, other);
      assertThat(agreement.worst()).isCloseTo(0.5, within(1e-12));
      assertThat(agreement.typical()).isCloseTo(Math.sqrt(0.125), within(1e-12));
      assertThat(agreement.isClose()).isFalse();
    }
  }

  @Test
  void isClose_halfPrecision_dependsOnHowFarFromTheOriginFeaturesLie() {
    try (TensorScope scope = new TensorScope()) {
      Tensor near = SyntheticFeatures.set(50, 1, 8, 2, 0, 1).features();
      Tensor far = near.add(new Scalar(30.0));
      assertThat(FeatureAgreement.of(near, near.to(Precision.BF16.type())).isClose()).isTrue();
      assertThat(FeatureAgreement.of(far, far.to(Precision.BF16.type())).isClose()).isFalse();
    }
  }
}
