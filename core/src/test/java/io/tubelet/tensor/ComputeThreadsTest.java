package io.tubelet.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class ComputeThreadsTest {
  @Test
  void all_asManyPartsAsThreads_runSideBySideInOrder() {
    CyclicBarrier allThere = new CyclicBarrier(3);
    try (ComputeThreads threads = new ComputeThreads(3, 1)) {
      List<String> names =
          threads.all(
              Collections.nCopies(
                  3,
                  () -> {
                    allThere.await();
                    return Thread.currentThread().getName();
                  }));

      assertThat(new HashSet<>(names)).hasSize(3);
    }
  }

  @Test
  void operatorThreads_ofTheWorkersAndTheCaller_areEachTheirOwn() {
    int before = torch.get_num_threads();
    try (ComputeThreads threads = new ComputeThreads(2, before + 3)) {
      CyclicBarrier both = new CyclicBarrier(2);
      Callable<Integer> ask =
          () -> {
            both.await();
            return torch.get_num_threads();
          };

      assertThat(threads.all(List.of(ask, ask))).containsExactly(before + 3, before + 3);
      assertThat(torch.get_num_threads()).isEqualTo(before);
    }
  }

  @Test
  void all_onePartFails_throwsThatOnceTheOthersAreDone() {
    AtomicInteger done = new AtomicInteger();
    try (ComputeThreads threads = new ComputeThreads(2, 1)) {
      Callable<Integer> failing =
          () -> {
            throw new IllegalArgumentException("of the first part");
          };

      assertThatThrownBy(() -> threads.all(List.of(failing, done::incrementAndGet)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("of the first part");
      assertThat(done).hasValue(1);
    }
  }

  @Test
  void all_callerInterrupted_finishesAndStaysInterrupted() {
    try (ComputeThreads threads = new ComputeThreads(1, 1)) {
      Thread.currentThread().interrupt();

      assertThat(threads.all(List.of(() -> 7))).containsExactly(7);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void threads_noneWanted_namesBothNumbers() {
    assertThatThrownBy(() -> new ComputeThreads(0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0 with 2");
  }
}
