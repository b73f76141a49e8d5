package io.tubelet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepBenchCommandTest {
  /** Updates of milliseconds, unless a test says otherwise. */
  private static final Map<String, String> SMALL =
      Map.of(
          "--model", "vit-ti",
          "--size", "32",
          "--frames", "4",
          "--mask-ratio", "0.75",
          "--repeat", "1",
          "--warm-up", "0");

  @Test
  void benchStep_smallCases_printsATableAndLeavesFiles(@TempDir Path folder) {
    Cli bench =
        step(
            folder,
            "--sparse",
            "--dense",
            "--decoder-depth",
            "1,2",
            "--profile",
            folder.resolve("trace.json").toString());

    assertThat(bench.err()).isEmpty();
    assertThat(bench.exitCode()).isZero();
    assertThat(bench.out())
        .contains("1 of 4:", "4 of 4:")
        .contains("s/update", "backward", "optimizer", "times the work", "by decoder depth");
    assertThat(folder.resolve("out/step.json")).isNotEmptyFile();
    assertThat(folder.resolve("out/step.png")).isNotEmptyFile();
    assertThat(folder.resolve("trace.json")).isNotEmptyFile();
  }

  @ParameterizedTest
  @CsvSource({
    "--batch, 0, --batch must be at least 1",
    "--size, 200, --size must be a multiple of 16",
    "--mask-ratio, 1, --mask-ratio must lie between 0 and 1",
    "--repeat, 0, --repeat must be at least 1",
    "--model, vit-x, 'vit-ti, vit-s, vit-b, vit-l, vit-h'",
    "--family, mae, 'videomae, mae-st'",
    "--encoder, thin, 'sparse, dense'"
  })
  void benchStep_nonsense_namesTheOptionAndWhatWouldBeRight(
      String option, String value, String message, @TempDir Path folder) {
    Cli bench = step(folder, option, value);

    assertThat(bench.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(bench.err()).contains(option, message);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void benchStep_encoderTwice_isRefused(@TempDir Path folder) {
    assertThat(step(folder, "--encoder", "dense", "--sparse").err()).contains("give only one");
  }

  @Test
  void bench_alone_namesItsCommands() {
    Cli bench = Cli.run("bench");

    assertThat(bench.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(bench.err()).contains("step");
    assertThat(Cli.run("bench", "step", "--help").out())
        .contains("Usage: tubelet bench step", "--decoder-depth", "--help", "Default: vit-b");
  }

  private static Cli step(Path folder, String... more) {
    Map<String, String> options = new LinkedHashMap<>(SMALL);
    options.keySet().removeAll(List.of(more));
    List<String> words = new ArrayList<>(List.of("bench", "step"));
    words.addAll(List.of("--out", folder.resolve("out").toString()));
    options.forEach((name, value) -> words.addAll(List.of(name, value)));
    words.addAll(List.of(more));
    return Cli.run(words.toArray());
  }
}
