package io.tubelet.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.distributed.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaRanksTest {
  private static final World SECOND_OF_FOUR =
      new World(1, 4, 1, 4, "127.0.0.1", 29_400, Duration.ofSeconds(30));
  private static final World FIRST_OF_FOUR =
      new World(0, 4, 0, 4, "127.0.0.1", 29_400, Duration.ofSeconds(30));

  @Test
  void process_ofARank_hasThePlaceInItsEnvironment() {
    assertThat(ranks().process(SECOND_OF_FOUR, false).environment())
        .containsEntry("RANK", "1")
        .containsEntry("WORLD_SIZE", "4")
        .containsEntry("LOCAL_RANK", "1")
        .containsEntry("LOCAL_WORLD_SIZE", "4")
        .containsEntry("MASTER_ADDR", "127.0.0.1")
        .containsEntry("MASTER_PORT", "29400")
        .containsEntry("TUBELET_TIMEOUT", "30")
        .containsEntry(LauncherWatch.VARIABLE, "stdin");
  }

  @Test
  void process_thatResumes_saysSoAtItsEnd() {
    assertThat(ranks().process(SECOND_OF_FOUR, true).command()).endsWith("pretrain", "--resume");
    assertThat(ranks().process(SECOND_OF_FOUR, false).command()).endsWith("Main", "pretrain");
  }

  @Test
  void options_ofARank_divideProcessorsAndTheHeap() {
    assertThat(ranks("-Da=b").optionsOf(SECOND_OF_FOUR, 16))
        .containsExactly("-Da=b", "-XX:ActiveProcessorCount=4", "-XX:MaxRAMPercentage=6.250");
  }

  @Test
  void options_thatSomebodyHasChosen_stay() {
    assertThat(ranks("-Xmx2g").optionsOf(SECOND_OF_FOUR, 16))
        .containsExactly("-Xmx2g", "-XX:ActiveProcessorCount=4");
    assertThat(ranks("-XX:ActiveProcessorCount=3").optionsOf(SECOND_OF_FOUR, 16))
        .containsExactly("-XX:ActiveProcessorCount=3");
  }

  /** A debugger's port is one process's; a terminal shows one progress bar. */
  @Test
  void options_ofOneProcess_areNotHandedToAll() {
    JavaRanks ranks = ranks("-agentlib:jdwp=transport=dt_socket", "-Dtubelet.terminal=true");

    assertThat(ranks.optionsOf(FIRST_OF_FOUR, 4)).contains("-Dtubelet.terminal=true");
    assertThat(ranks.optionsOf(SECOND_OF_FOUR, 4)).doesNotContain("-Dtubelet.terminal=true");
    assertThat(ranks.optionsOf(FIRST_OF_FOUR, 4))
        .noneMatch(option -> option.startsWith("-agentlib"));
  }

  @ParameterizedTest
  @CsvSource({"16, 4, 4", "7, 2, 3", "2, 4, 1"})
  void share_ofThreads_isNeverNothing(int all, int processes, int each) {
    assertThat(JavaRanks.share(all, processes)).isEqualTo(each);
  }

  private static JavaRanks ranks(String... options) {
    return new JavaRanks(
        List.of(options), "path", "Main", List.of("pretrain"), List.of("--resume"), () -> true);
  }
}
