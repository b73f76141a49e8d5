package io.tubelet.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.augment.CentreCrop;
import io.tubelet.augment.ColourJitter;
import io.tubelet.clip.ClipShape;
import io.tubelet.sample.StridedSampling;
import io.tubelet.video.OpenOptions;
import org.junit.jupiter.api.Test;

class LoadingPlanTest {
  private static final ClipShape SHAPE = new ClipShape(16, 64, 64, 2, 8); // 192 KiB

  private static LoadingPlan plan(int workers, int repeats, int prefetch, ClipShape shape) {
    DataConfig config =
        new DataConfig(
            new StridedSampling(4),
            new CentreCrop(),
            0,
            ColourJitter.NONE,
            0,
            repeats,
            workers,
            prefetch,
            ByteSize.ZERO,
            0,
            OpenOptions.DEFAULT);
    return LoadingPlan.of(config, shape, 32);
  }

  @Test
  void of_givenWorkers_arePlannedAndDescribed() {
    LoadingPlan plan = plan(3, 4, 2, SHAPE);
    assertThat(plan).isEqualTo(new LoadingPlan(3, false, 16, 64 * 192 * 1024));
    assertThat(plan.describe()).isEqualTo("3 threads; clips of 16 videos made ahead, 12 MiB");
  }

  @Test
  void of_noWorkersGiven_adaptsUpToTheProcessors() {
    LoadingPlan plan = plan(0, 1, 2, SHAPE);
    assertThat(plan.workers()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(plan.adapts()).isTrue();
    assertThat(new LoadingPlan(8, true, 64, 1 << 20).describe())
        .startsWith("1 to 8 threads, as many as keep pace with the model");
    assertThat(new LoadingPlan(1, true, 64, 1 << 20).describe()).startsWith("1 thread;");
  }

  @Test
  void of_clipsBeyondTheHeap_areHeldToAQuarterOfIt() {
    LoadingPlan plan = plan(1, 1, 1_000_000, SHAPE);
    assertThat(plan.bytesAhead())
        .isLessThanOrEqualTo(Runtime.getRuntime().maxMemory() / 4)
        .isGreaterThan(Runtime.getRuntime().maxMemory() / 5);
    assertThat(plan(1, 1, 1, new ClipShape(16, 4096, 4096, 2, 16)).videosAhead())
        .as("one at least")
        .isPositive();
  }
}
