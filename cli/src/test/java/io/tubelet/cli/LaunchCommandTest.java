package io.tubelet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before any rank starts. */
class LaunchCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nproc 0 | --nproc must be at least 1, got 0",
        "--nproc 2 --nnodes 0 | --nnodes must be at least 1, got 0",
        "--nproc 2 --nnodes 2 --rendezvous a:1 | --nnodes=2 needs --node-rank",
        "--nproc 2 --nnodes 2 --node-rank 2 --rendezvous a:1 | --node-rank=2, --nnodes=2",
        "--nproc 2 --nnodes 2 --node-rank -1 --rendezvous a:1 | --node-rank=-1, --nnodes=2",
        "--nproc 2 --nnodes 2 --node-rank 0 | --nnodes=2 needs --rendezvous HOST:PORT",
        "--nproc 2 --max-restarts -1 | --max-restarts must be at least 0, got -1",
        "--nproc 2 --rendezvous node0 | 'node0' is no HOST:PORT",
        "--nproc 2 --rendezvous :29400 | ':29400' is no HOST:PORT",
        "--nproc 2 --rendezvous node0:70000 | a port is from 1 to 65535",
        "--nproc 2 --rendezvous ::1:29400 | an IPv6 address stands in brackets",
        "--nproc 2 --timeout 600 | '600' is no time",
        "--nproc 2 --grace 0s | '0s' is no time at all",
        "--nnodes 1 | '--nproc=N'"
      })
  void launch_wrongOption_isToldInOneLine(String options, String complaint) {
    List<String> words = new ArrayList<>(List.of("launch"));
    words.addAll(List.of(options.trim().split(" ")));
    words.addAll(List.of("pretrain", "--recipe", "demo", "--data", "videos"));

    assertFails(words, complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pretrian --recipe demo | 'pretrian' cannot be launched; what can: evaluate, finetune, pretrain, probe",
        "demo | 'demo' cannot be launched",
        "launch --nproc 2 pretrain | 'launch' cannot be launched",
        "pretrain --recipe demo | pretrain: Missing required option",
        "pretrain --recipe demo --data v --nproc 2 | pretrain: Unknown options"
      })
  void launch_wrongCommand_isToldBeforeAnyRankStarts(String command, String complaint) {
    List<String> words = new ArrayList<>(List.of("launch", "--nproc", "2"));
    words.addAll(List.of(command.trim().split(" ")));

    assertFails(words, complaint);
  }

  @Test
  void launch_noCommand_saysSo() {
    assertFails(List.of("launch", "--nproc", "2"), "'COMMAND'");
  }

  @Test
  void resuming_aRunThatIsResumedAnyway_addsNothing() {
    List<String> words = List.of("pretrain", "--recipe", "demo", "--data", "v", "--out", "o");
    List<String> resumed = new ArrayList<>(words);
    resumed.add("--resume");

    assertThat(LaunchedCommand.parse(words).resuming()).containsExactly("--resume");
    assertThat(LaunchedCommand.parse(resumed).resuming()).isEmpty();
    assertThat(LaunchedCommand.parse(words).folder()).hasToString("Optional[o]");
  }

  private static void assertFails(List<String> words, String complaint) {
    Cli launch = Cli.run(words.toArray());

    assertThat(launch.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(launch.err()).contains(complaint);
  }
}
