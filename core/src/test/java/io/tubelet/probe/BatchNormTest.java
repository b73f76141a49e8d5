package io.tubelet.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class BatchNormTest {
  /**
   * The batch 1, 2, 6 has mean 3 and variance 14/3 (dividing by 3) or 7 (by 2). The running
   * statistics move from 0 and 1 by a tenth, the variance towards the unbiased one.
   */
  @Test
  void forward_oneBatch_isTheHandComputation() {
    try (TensorScope scope = new TensorScope()) {
      Tensor batch = HostArrays.ofFloats(new float[] {1, 2, 6}, 3, 1);
      BatchNorm norm = new BatchNorm(batch);
      float deviation = (float) Math.sqrt(14.0 / 3 + 1e-6);
      assertThat(HostArrays.toFloats(norm.forward(batch)))
          .containsExactly(
              new float[] {-2 / deviation, -1 / deviation, 3 / deviation}, within(1e-6f));
      Standardisation running = norm.running();
      assertThat(HostArrays.toFloats(running.mean()))
          .containsExactly(new float[] {0.3f}, within(1e-6f));
      assertThat(HostArrays.toFloats(running.deviation()))
          .containsExactly(new float[] {(float) Math.sqrt(0.9 + 0.7 + 1e-6)}, within(1e-6f));
    }
  }
}
