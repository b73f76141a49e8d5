package io.tubelet.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of ranks without a launcher. */
@Timeout(60)
class LauncherWatchTest {

  @Test
  void rank_whoseLauncherLetsGo_endsAsIfTerminated() throws Exception {
    Process rank = java(WatchedRank.class);
    try (BufferedReader lines = rank.inputReader()) {
      awaitReady(lines, 1);
      rank.getOutputStream().close();

      assertThat(lines.lines().toList()).containsExactly("tubelet: the launcher is gone; ending");
    }
    assertThat(rank.waitFor()).isEqualTo(143);
  }

  @Test
  void launcher_thatIsKilled_takesItsRanksWithIt(@TempDir Path folder) throws Exception {
    Process launcher = java(LauncherMain.class, folder.toString());
    try (BufferedReader lines = launcher.inputReader()) {
      awaitReady(lines, 2);
      List<ProcessHandle> ranks = launcher.toHandle().children().toList();
      launcher.destroyForcibly().waitFor();

      assertThat(ranks).hasSize(2);
      for (ProcessHandle rank : ranks) {
        assertThat(rank.onExit().get(50, TimeUnit.SECONDS).isAlive()).isFalse();
      }
    }
  }

  private static Process java(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx64m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put(LauncherWatch.VARIABLE, "stdin");
    return builder.start();
  }

  private static void awaitReady(BufferedReader lines, int ranks) throws IOException {
    String line;
    for (int ready = 0; ready < ranks && (line = lines.readLine()) != null; ) {
      ready += line.contains("WARN ready") ? 1 : 0;
    }
  }
}
