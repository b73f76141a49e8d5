package io.tubelet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.synthetic.MotionClips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real ranks under a real launcher, ended from outside. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "libtorch's Gloo is there for Linux only")
class LaunchedRunTest {
  /** How many ranks are killed, one after another; {@code -Dtubelet.faults=20} for a long proof. */
  private static final int FAULTS = Integer.getInteger("tubelet.faults", 2);

  private static final int RANKS = 2;
  private static final String RESTARTED = "all ranks start again";

  /** After so many lines, the plan's among them, a rank is killed. */
  private static final int MOST_LINES = 24;

  private static final int MOST_NANOS = 50_000_000;

  private static Path clips = Path.of("");

  @BeforeAll
  static void makeClips(@TempDir Path folder) throws IOException, InterruptedException {
    clips = folder.resolve("clips");
    new MotionClips(30, 10, 32, 5).prepare(clips, done -> {});
    assertThat(Cli.run("doctor", "--quiet").exitCode()).isZero(); // unpacks, before there are ranks
  }

  /**
   * Any rank, at any moment of its life: starting, meeting, training, saving. A checkpoint that was
   * cut would be refused by the next start, or change the weights.
   */
  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void ranks_killedAtRandomMoments_endWithTheWeightsOfAnUndisturbedRun(@TempDir Path folder)
      throws Exception {
    Path straight = folder.resolve("straight");
    Path killed = folder.resolve("killed");
    ChildTubelet undisturbed =
        ChildTubelet.start(ChildTubelet.launch(RANKS, List.of(), pretraining(straight)));
    assertThat(undisturbed.rest()).contains("step ");
    assertThat(undisturbed.process().waitFor()).isZero();

    List<String> options =
        List.of("--max-restarts", Integer.toString(FAULTS), "--timeout", "60s", "--grace", "20s");
    ChildTubelet launch =
        ChildTubelet.start(ChildTubelet.launch(RANKS, options, pretraining(killed)));
    SplittableRandom rng = new SplittableRandom(FAULTS);
    for (int fault = 0; fault < FAULTS; fault++) {
      killOne(launch, rng);
      assertThat(launch.await(RESTARTED, 1)).as("fault %d", fault).contains(RESTARTED);
    }
    String rest = launch.rest();

    assertThat(launch.process().waitFor()).as(rest).isZero();
    ChildTubelet.assertSameTensors(killed, straight);
    assertThat(Files.readAllLines(killed.resolve("metrics.jsonl")))
        .hasSameSizeAs(Files.readAllLines(straight.resolve("metrics.jsonl")));
  }

  private static void killOne(ChildTubelet launch, SplittableRandom rng) throws IOException {
    launch.await("", 1 + rng.nextInt(MOST_LINES));
    LockSupport.parkNanos(rng.nextInt(MOST_NANOS)); // a moment between two lines
    List<ProcessHandle> ranks = launch.process().toHandle().children().toList();
    assertThat(ranks).as("ranks of a run that goes on").isNotEmpty();
    ranks.get(rng.nextInt(ranks.size())).destroyForcibly();
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void launcher_terminated_savesOnceAndEndsAllRanks(@TempDir Path folder) throws Exception {
    Path run = folder.resolve("run");
    ChildTubelet launch =
        ChildTubelet.start(ChildTubelet.launch(RANKS, List.of(), pretraining(run)));
    launch.await("ETA", 2);
    List<ProcessHandle> ranks = launch.process().toHandle().children().toList();
    launch.process().toHandle().destroy(); // unlike Process.destroy, keeps its output readable
    String rest = launch.rest();

    assertThat(launch.process().waitFor()).isEqualTo(143);
    assertThat(rest)
        .containsOnlyOnce("Stopped and saved at step")
        .contains("tubelet: stopped; all ranks have ended");
    assertThat(ranks).hasSize(RANKS).noneMatch(ProcessHandle::isAlive);
    assertThat(ChildTubelet.lastStep(run)).isDirectory();
  }

  private static List<String> pretraining(Path out) {
    return Cli.smallPretrain(
        clips.resolve("train.csv"),
        out,
        "--set",
        "train.epochs=" + (20 + 10 * FAULTS),
        "--set",
        "train.checkpoint-every=3");
  }
}
