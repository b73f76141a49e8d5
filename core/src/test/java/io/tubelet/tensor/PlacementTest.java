package io.tubelet.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class PlacementTest {
  @Test
  void parse_everySpelling_namesTheDevice() {
    assertThat(Placement.parse("cpu")).isEqualTo(Placement.CPU).hasToString("cpu");
    assertThat(Placement.parse("cuda")).isEqualTo(Placement.gpu(0)).hasToString("cuda:0");
    assertThat(Placement.parse("cuda:3")).isEqualTo(Placement.gpu(3));
    assertThatThrownBy(() -> Placement.parse("gpu0")).hasMessageContaining("'gpu0'");
    assertThatThrownBy(() -> new Placement(Placement.Kind.CPU, 1)).hasMessageContaining("CPU 1");
  }

  @Test
  void hostArrays_everyType_comesBack() {
    try (TensorScope scope = new TensorScope()) {
      Tensor bytes = HostArrays.ofBytes(new byte[] {1, -1}, 2);
      assertThat(HostArrays.toLongs(bytes)).containsExactly(1, 255);
      Tensor rows = HostArrays.ofRows(new int[][] {{1, 2}, {3, 4}});
      assertThat(HostArrays.toLongs(rows.transpose(0, 1))).containsExactly(1, 3, 2, 4);
      assertThat(HostArrays.toFloats(HostArrays.ofFloats(new float[] {0.5f}, 1, 1)))
          .containsExactly(0.5f);
    }
  }

  @Test
  void hostArrays_otherSize_saysBothNumbers() {
    assertThatThrownBy(() -> HostArrays.ofFloats(new float[5], 2, 3))
        .hasMessageContaining("[2, 3] needs 6 values, got 5");
    assertThatThrownBy(() -> HostArrays.ofRows(new int[][] {{1}, {1, 2}}))
        .hasMessageContaining("row 0 has 1, row 1 has 2");
  }
}
