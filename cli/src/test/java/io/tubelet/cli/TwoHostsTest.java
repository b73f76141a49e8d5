package io.tubelet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tubelet.report.MetricsLog;
import io.tubelet.report.StepReport;
import io.tubelet.synthetic.MotionClips;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training on two hosts, end to end: network namespaces of the test's own, joined by a virtual
 * cable. Skipped where the system does not allow them.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "network namespaces are Linux's")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TwoHostsTest {
  /** Of the loss, float32: sums in another order. */
  private static final double TOLERANCE = 2e-5;

  private static final List<String> BAD_CABLE = List.of("delay", "2ms", "loss", "1%");

  private static Path clips = Path.of("");
  private static Path alone = Path.of("");
  private static Path script = Path.of("");

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void trainOnOneHost(@TempDir Path shared) throws IOException, InterruptedException {
    clips = shared.resolve("clips");
    new MotionClips(30, 10, 32, 5).prepare(clips, done -> {});
    script = shared.resolve("two-hosts.sh");
    try (InputStream in = TwoHostsTest.class.getResourceAsStream("/two-hosts.sh")) {
      Files.write(script, in == null ? new byte[0] : in.readAllBytes());
    }
    alone = shared.resolve("alone");
    Cli one = Cli.run(pretraining(alone).toArray());
    assertThat(one.exitCode()).as(one.err()).isZero();
  }

  @Test
  void training_onTwoHosts_equalsOneProcess() throws Exception {
    requireHosts(List.of());

    assertTrainsAsOneProcess(List.of());
  }

  @Test
  void training_overABadCable_equalsOneProcess() throws Exception {
    requireHosts(BAD_CABLE);

    assertTrainsAsOneProcess(BAD_CABLE);
  }

  private void requireHosts(List<String> cable) throws Exception {
    Path nothing = Files.writeString(folder.resolve("nothing.sh"), "true\n");
    Outcome outcome = onTwoHosts("tried", nothing, nothing, cable);
    assumeTrue(
        outcome.code() == 0,
        "hosts cannot be made on this system: " + outcome.said().strip().replace('\n', ' '));
  }

  private void assertTrainsAsOneProcess(List<String> cable) throws Exception {
    Path run = folder.resolve("run");
    Outcome outcome = onTwoHosts("used", host(0, run), host(1, run), cable);

    assertThat(outcome.code()).as(outcome.said()).isZero();
    assertThat(run.resolve("ranks/rank-1.log")).isNotEmptyFile();
    List<StepReport> steps = MetricsLog.read(run.resolve("metrics.jsonl"));
    List<StepReport> expected = MetricsLog.read(alone.resolve("metrics.jsonl"));
    assertThat(steps).hasSameSizeAs(expected).isNotEmpty();
    for (int i = 0; i < steps.size(); i++) {
      assertThat(steps.get(i).loss()).isCloseTo(expected.get(i).loss(), within(TOLERANCE));
    }
    assertThat(ChildTubelet.lastStep(run).getFileName())
        .isEqualTo(ChildTubelet.lastStep(alone).getFileName());
  }

  /** What a host does. */
  private Path host(int node, Path run) throws IOException {
    List<String> options =
        List.of("--nnodes", "2", "--node-rank", Integer.toString(node), "--timeout", "60s");
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--rendezvous", "10.77.0.1:29400"));
    String words =
        ChildTubelet.command(ChildTubelet.launch(1, all, pretraining(run))).stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    return Files.writeString(folder.resolve("host%d.sh".formatted(node)), "exec " + words + "\n");
  }

  private Outcome onTwoHosts(String name, Path first, Path second, List<String> cable)
      throws IOException, InterruptedException {
    Path own = Files.createDirectory(folder.resolve(name));
    List<String> command = new ArrayList<>(List.of("unshare", "-rn", "sh"));
    command.addAll(List.of(script.toString(), own.toString(), first.toString(), second.toString()));
    command.addAll(cable);
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException noUnshare) {
      return new Outcome(127, noUnshare.toString());
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), said);
  }

  private record Outcome(int code, String said) {}

  private static List<String> pretraining(Path out) {
    return Cli.smallPretrain(clips.resolve("train.csv"), out, "--set", "train.epochs=2");
  }
}
