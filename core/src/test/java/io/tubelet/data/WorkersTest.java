package io.tubelet.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkersTest {
  private static final double SECONDS = 20;

  /** Most jobs that ran at once, of which each waits until so many have begun. */
  private static int atOnce(Workers workers, int jobs, int together) throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(together);
    List<Workers.Job<Integer>> all = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      all.add(
          workers.submit(
              () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                begun.countDown();
                begun.await();
                return running.decrementAndGet();
              },
              -1));
    }
    for (Workers.Job<Integer> job : all) {
      job.await();
    }
    return most.get();
  }

  @Test
  void use_more_runsSoManyJobsAtOnce() throws Exception {
    try (Workers workers = new Workers(1, SECONDS)) {
      assertThat(atOnce(workers, 6, 1)).isEqualTo(1);
      workers.use(3);
      assertThat(atOnce(workers, 9, 3)).isEqualTo(3);
    }
  }

  @Test
  void use_fewer_runsNoMoreAtOnceAndDoesAllJobs() throws Exception {
    try (Workers workers = new Workers(4, SECONDS)) {
      assertThat(atOnce(workers, 8, 4)).isEqualTo(4);
      workers.use(1);
      assertThat(atOnce(workers, 20, 1)).isEqualTo(1);
      workers.use(2);
      assertThat(atOnce(workers, 20, 2)).isEqualTo(2);
    }
  }
}
