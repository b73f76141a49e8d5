package io.tubelet.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeepingPaceTest {
  private static final int VIDEOS = 10;

  private static int after(KeepingPace pace, int batches, double training, double wait) {
    int workers = pace.workers();
    for (int i = 0; i < batches; i++) {
      workers = pace.taken(training, wait);
    }
    return workers;
  }

  @Test
  void taken_firstBatches_keepsAllWorkers() {
    KeepingPace pace = new KeepingPace(8, VIDEOS);
    pace.made(0.001);
    assertThat(after(pace, 8, 1, 0)).isEqualTo(8);
  }

  @Test
  void taken_slowModel_fallsToOneWorkerOneAtATime() {
    KeepingPace pace = new KeepingPace(8, VIDEOS);
    pace.made(0.01); // 0.1 s for the videos of a batch that takes 1 s
    assertThat(after(pace, 9, 1, 0)).isEqualTo(7);
    assertThat(after(pace, 1, 1, 0)).isEqualTo(6);
    assertThat(after(pace, 20, 1, 0)).isEqualTo(1);
  }

  @Test
  void taken_modelInBetween_keepsWhatIsNeededWithSomeToSpare() {
    KeepingPace pace = new KeepingPace(8, VIDEOS);
    pace.made(0.2); // 2 s for a batch that takes 1 s: two workers, and a quarter more
    assertThat(after(pace, 50, 1, 0)).isEqualTo(3);
  }

  @Test
  void taken_quickModel_keepsAllWorkers() {
    KeepingPace pace = new KeepingPace(4, VIDEOS);
    pace.made(0.2);
    assertThat(after(pace, 50, 0.01, 0)).isEqualTo(4);
  }

  @Test
  void taken_trainingWaited_growsUpToTheMost() {
    KeepingPace pace = new KeepingPace(3, VIDEOS);
    pace.made(0.01);
    assertThat(after(pace, 50, 1, 0)).isEqualTo(1);
    assertThat(after(pace, 1, 1, 0.005)).as("half a percent").isEqualTo(1);
    assertThat(after(pace, 1, 1, 0.02)).isEqualTo(2);
    assertThat(after(pace, 9, 1, 0.02)).isEqualTo(3);
  }

  @Test
  void taken_onePauseBetweenBatches_isNotTakenForSlowness() {
    KeepingPace pace = new KeepingPace(4, VIDEOS);
    pace.made(0.2);
    assertThat(after(pace, 20, 0.8, 0)).isEqualTo(4);
    assertThat(after(pace, 1, 600, 0)).isEqualTo(4);
    assertThat(after(pace, 5, 0.8, 0)).isEqualTo(4);
  }

  @Test
  void made_slowerVideos_raiseWhatIsNeeded() {
    KeepingPace pace = new KeepingPace(4, VIDEOS);
    pace.made(0.01);
    assertThat(after(pace, 50, 1, 0)).isEqualTo(1);
    for (int i = 0; i < 100; i++) {
      pace.made(0.3);
    }
    assertThat(after(pace, 50, 1, 0)).as("only a wait adds workers").isEqualTo(1);
    assertThat(after(pace, 2, 1, 0.5)).isEqualTo(3);
    assertThat(after(pace, 50, 1, 0)).as("and they stay").isEqualTo(3);
  }
}
