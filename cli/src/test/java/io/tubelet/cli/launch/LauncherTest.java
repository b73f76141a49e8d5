package io.tubelet.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.distributed.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ranks of one machine; they are small shell scripts, which wait in {@code cat} or for a FIFO. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "ranks are shell scripts here")
class LauncherTest {
  private static final Duration LONG = Duration.ofSeconds(50);

  @TempDir private Path folder = Path.of("");
  private final Seen seen = new Seen("ready");

  @BeforeEach
  void makeFifo() throws Exception {
    Process process = new ProcessBuilder("mkfifo", folder.resolve("fifo").toString()).start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void ranks_thatSucceed_haveTheirPlacesAndRankZeroIsShown() throws Exception {
    int code =
        launch(
            3,
            0,
            "echo I am $RANK/$WORLD_SIZE, $LOCAL_RANK/$LOCAL_WORLD_SIZE, $MASTER_ADDR, $TUBELET_TIMEOUT");

    assertThat(code).isZero();
    for (int rank = 0; rank < 3; rank++) {
      assertThat(said(rank)).contains("I am %1$d/3, %1$d/3, 127.0.0.1, 50".formatted(rank));
    }
    assertThat(seen.text()).isEqualTo("I am 0/3, 0/3, 127.0.0.1, 50\n");
  }

  @Test
  void rank_thatFails_isNamedAndEndsTheOthers() throws Exception {
    int code = launch(3, 0, "[ $RANK = 1 ] || exec cat; echo disc full; exit 4");

    assertThat(code).isEqualTo(4);
    assertThat(seen.text())
        .containsPattern("tubelet: rank 1 \\(process \\d+\\) ended with exit code 4")
        .contains("[rank 1] disc full");
  }

  /** The one whose failure only followed may be heard of first. */
  @Test
  void rank_thatWasKilled_isNamedBeforeThoseThatLostIt() throws Exception {
    int code = launch(2, 0, "[ $RANK = 1 ] || exit 1; trap '' TERM; kill -9 $$");

    assertThat(code).isEqualTo(1);
    assertThat(seen.text()).containsPattern("rank 1 .* was ended by SIGKILL \\(exit code 137\\)");
  }

  @Test
  void rank_thatWillNotEnd_isKilledAfterTheGrace() throws Exception {
    int code =
        run(
            2,
            0,
            Duration.ofMillis(1),
            fifo("[ $RANK = 1 ] || { read x <FIFO; exit 3; }; trap '' TERM; echo >FIFO; exec cat"));

    assertThat(code).isEqualTo(3);
    assertThat(seen.text()).containsPattern("rank 1 .* did not end when it was asked to");
  }

  @Test
  void failure_withRestarts_startsAllAgainFromTheCheckpoint() throws Exception {
    String script = "echo resume=$RESUME; [ $RANK = 0 ] || [ -e DONE ] || { >DONE; kill -9 $$; }";
    int code = launch(2, 2, script.replace("DONE", folder.resolve("done").toString()));

    assertThat(code).isZero();
    assertThat(said(0)).containsSubsequence("resume=false", "resume=true");
    assertThat(seen.text()).contains("start again, 1 of at most 2 times, from the last checkpoint");
  }

  @Test
  void failure_thatReturns_isGivenUpAfterTheRestarts() throws Exception {
    int code = launch(1, 2, "echo again; exit 1");

    assertThat(code).isEqualTo(1);
    assertThat(said(0).lines().filter("again"::equals)).hasSize(3);
  }

  @Test
  void wrongSetting_withRestarts_isNotTriedAgain() throws Exception {
    int code = launch(1, 5, "echo again; exit 2");

    assertThat(code).isEqualTo(2);
    assertThat(seen.text()).containsOnlyOnce("again\n");
  }

  @Test
  void stop_askedTwice_isPassedOnOnceAndAwaited() throws Exception {
    String script =
        "trap 'echo saved; exit 143' TERM; [ $RANK = 1 ] && echo >FIFO || read x <FIFO; echo ready; while :; do read x; done";
    Launcher launcher = launcher(2, 3, LONG, fifo(script));
    Thread user =
        new Thread(
            () -> {
              try {
                seen.await();
                launcher.stop();
                launcher.stop();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    user.start();

    assertThat(launcher.run()).isEqualTo(143);
    user.join();
    assertThat(said(0)).containsOnlyOnce("saved");
    assertThat(said(1)).containsOnlyOnce("saved");
    assertThat(seen.text()).contains("stopped; all ranks have ended");
  }

  /** Somebody sent a rank SIGTERM; trained ranks then agree to save and end. */
  @Test
  void rank_stoppedByOthers_isAStopAndNoFailure() throws Exception {
    assertThat(launch(2, 5, "[ $RANK = 0 ] && exit 0; kill -TERM $$")).isEqualTo(143);
  }

  @Test
  void program_thatCannotBeStarted_saysSoAndLeavesNone() throws Exception {
    Launcher launcher =
        new Launcher(
            plan(2, 0, LONG),
            new RankProgram() {
              @Override
              public ProcessBuilder process(World world, boolean resume) {
                return new ProcessBuilder(
                    world.rank() == 0 ? "cat" : folder.resolve("missing").toString());
              }

              @Override
              public boolean canResume() {
                return false;
              }
            },
            seen.screen());

    assertThatThrownBy(launcher::run)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("missing");
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList())
        .allSatisfy(child -> assertThat(child.onExit().get()).isNotNull());
  }

  private int launch(int processes, int restarts, String script) throws Exception {
    return run(processes, restarts, LONG, script);
  }

  private int run(int processes, int restarts, Duration grace, String script) throws Exception {
    return launcher(processes, restarts, grace, script).run();
  }

  private Launcher launcher(int processes, int restarts, Duration grace, String script) {
    return new Launcher(
        plan(processes, restarts, grace), new ShellRanks(script, true), seen.screen());
  }

  private LaunchPlan plan(int processes, int restarts, Duration grace) {
    return new LaunchPlan(
        new Layout(processes, 1, 0), null, LONG, grace, restarts, folder.resolve("ranks"), "1");
  }

  private String fifo(String script) {
    return script.replace("FIFO", folder.resolve("fifo").toString());
  }

  private String said(int rank) throws IOException {
    return Files.readString(folder.resolve("ranks/rank-%d.log".formatted(rank)));
  }
}
