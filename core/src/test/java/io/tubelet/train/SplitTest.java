package io.tubelet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.tensor.Placement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {
  private static final long GIB = 1L << 30;

  @ParameterizedTest
  @CsvSource({
    "16, 2, 2, 1", // a thread each
    "2, 8, 2, 4", // a clip each, with the threads that are left
    "6, 4, 3, 1", // evenly
    "1, 8, 1, 8",
    "7, 4, 1, 4"
  })
  void replicas_chosen_divideTheBatchEvenly(int batch, int threads, int replicas, int each) {
    assertThat(Split.of(0, batch, Placement.CPU, threads, 1000, 8 * GIB))
        .isEqualTo(new Split(replicas, each));
  }

  @Test
  void replicas_thatHoldMoreThanAnEighthOfTheMemory_areFewer() {
    long ofOne = 2_000_000_000;

    assertThat(Split.of(0, 16, Placement.CPU, 16, ofOne, 24 * GIB)).isEqualTo(new Split(2, 8));
    assertThat(Split.of(0, 16, Placement.CPU, 16, 0, 24 * GIB)).isEqualTo(new Split(16, 1));
  }

  @Test
  void replicas_wanted_areKeptAsFarAsThereAreClips() {
    assertThat(Split.of(3, 16, Placement.CPU, 8, 1000, GIB)).isEqualTo(new Split(3, 2));
    assertThat(Split.of(5, 2, Placement.CPU, 8, 1000, GIB).replicas()).isEqualTo(2);
  }

  @Test
  void replicas_onAnAccelerator_areOne() {
    assertThat(Split.of(0, 16, Placement.gpu(0), 8, 1000, GIB)).isEqualTo(new Split(1, 8));
  }

  @Test
  void extraBytes_areThoseOfEachReplicaBesidesTheFirst() {
    assertThat(new Split(3, 1).extraBytes(1000)).isEqualTo(2000);
  }

  @Test
  void replicas_none_namesTheNumber() {
    assertThatThrownBy(() -> new Split(0, 1)).hasMessageContaining("got 0 with 1");
  }
}
