package io.tubelet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.tensor.ComputeThreads;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatheringTest {
  private final TensorScope scope = new TensorScope();

  @AfterEach
  void close() {
    scope.close();
  }

  private static Tensor number(float value) {
    return HostArrays.ofFloats(new float[] {value}, 1);
  }

  @Test
  void await_everyoneHasBrought_givesAllTheSameOfAllInOrder() {
    Gathering<String> gathering =
        new Gathering<>(
            3, all -> all.stream().map(t -> Math.round(t.item_float())).toList().toString());
    List<Tensor> numbers = List.of(number(5), number(6), number(7));
    try (ComputeThreads threads = new ComputeThreads(3, 1)) {
      List<String> results =
          threads.divide(
              3,
              (part, from, to) -> {
                gathering.bring(part, () -> numbers.get(part));
                return gathering.await();
              });

      assertThat(results).containsExactly("[5, 6, 7]", "[5, 6, 7]", "[5, 6, 7]");
    }
    assertThat(gathering.made()).hasValue("[5, 6, 7]");
  }

  @Test
  void await_oneFails_failsForAllAndNobodyWaits() {
    Gathering<Integer> gathering = new Gathering<>(2, List::size);
    Tensor one = number(1);
    try (ComputeThreads threads = new ComputeThreads(2, 1)) {
      assertThatThrownBy(
              () ->
                  threads.divide(
                      2,
                      (part, from, to) -> {
                        gathering.bring(
                            part,
                            () -> {
                              if (part == 1) {
                                throw new IllegalStateException("no memory");
                              }
                              return one;
                            });
                        return gathering.await();
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no memory");
    }
    assertThat(gathering.made()).isEmpty();
  }

  @Test
  void await_makingFails_failsForAll() {
    Gathering<Integer> gathering =
        new Gathering<>(
            1,
            all -> {
              throw new IllegalArgumentException("cannot be compared");
            });
    gathering.bring(0, () -> number(1));

    assertThatThrownBy(gathering::await).hasMessage("cannot be compared");
    assertThat(gathering.made()).isEmpty();
  }
}
