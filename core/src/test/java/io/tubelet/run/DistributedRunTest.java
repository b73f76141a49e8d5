package io.tubelet.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tubelet.data.Manifest;
import io.tubelet.distributed.Ranks;
import io.tubelet.report.MetricsLog;
import io.tubelet.report.RankPace;
import io.tubelet.report.StepReport;
import io.tubelet.report.ValidationLog;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes on this machine, against one process on the joint batch. */
class DistributedRunTest {
  private static final long NEVER = -1;

  /** Of weights and of mean gradients, float32: sums in another order. */
  private static final float TOLERANCE = 1e-5f;

  static Path data = Path.of("");

  @BeforeAll
  static void makeClips(@TempDir Path folder) throws IOException, InterruptedException {
    data = folder.resolve("clips");
    List<String> lines = new ArrayList<>();
    for (Manifest.Entry entry : Manifest.read(SmallRun.clips(data)).entries()) {
      lines.add(entry.file().toString());
    }
    for (int i = 0; i < 3; i++) {
      Path broken = Files.writeString(data.resolve("broken%d.mp4".formatted(i)), "not a video");
      lines.add(7 * i, broken.toString());
    }
    Files.write(data.resolve("list.txt"), lines);
  }

  @Test
  void pretraining_ofThreeRanks_equalsOneProcess(@TempDir Path folder) throws Exception {
    String[] accumulated = {"train.batch", "4", "train.accumulate", "2"};
    one(folder.resolve("one"), accumulated);
    ranks("pretrain", 3, folder.resolve("three"), NEVER, accumulated);

    assertSame(folder.resolve("three"), folder.resolve("one"), "step-00000013");
    assertThat(Files.readString(folder.resolve("three/quarantine.tsv")))
        .isEqualTo(Files.readString(folder.resolve("one/quarantine.tsv")));
    assertThat(folder.resolve("three/report.html")).exists();
  }

  /**
   * The last rank alone is told to stop; all of them stop, after the same update. Ranks share the
   * optimizer's state, the process between does not.
   */
  @Test
  void pretraining_resumedByOtherNumbersOfRanks_equalsOneNeverStopped(@TempDir Path folder)
      throws Exception {
    one(folder.resolve("straight"));
    Path stopped = folder.resolve("stopped");
    ranks("pretrain", 2, stopped, 4, "train.shard-optimizer", "true");
    assertThat(stopped.resolve("step-00000004")).exists();
    StopSignal stop = new StopSignal();
    SmallRun.run(
        SmallRun.plan(data.resolve("list.txt")),
        stopped,
        stop,
        SmallFineTuning.onStep(
            step -> {
              if (step == 7) {
                stop.request();
              }
            }));
    String[] sharded = {"train.shard-optimizer", "true", "train.replicas", "2"};
    ranks("pretrain", 3, stopped, NEVER, sharded);

    assertSame(stopped, folder.resolve("straight"), "step-00000012");
  }

  @Test
  void fineTuning_ofTwoRanks_equalsOneProcess(@TempDir Path folder) throws Exception {
    List<String> changes = new ArrayList<>(List.of(SmallFineTuning.EVERYTHING_ON));
    changes.addAll(List.of("train.batch", "8"));
    String[] settings = changes.toArray(String[]::new);
    SmallFineTuning small = new SmallFineTuning(data);
    FineTuneResult result =
        small.run(small.plan(settings), folder.resolve("one"), new StopSignal());
    ranks("finetune", 2, folder.resolve("two"), NEVER, settings);

    assertSame(folder.resolve("two"), folder.resolve("one"), "step-%08d".formatted(result.steps()));
    assertThat(ValidationLog.read(folder.resolve("two/validation.jsonl")))
        .extracting(look -> look.top1())
        .isEqualTo(
            ValidationLog.read(folder.resolve("one/validation.jsonl")).stream()
                .map(look -> look.top1())
                .toList());
  }

  /** Rounded gradients lead elsewhere, but not far. */
  @ParameterizedTest
  @ValueSource(strings = {"fp16", "bf16"})
  void pretraining_withCompressedGradients_staysClose(String format, @TempDir Path folder)
      throws Exception {
    one(folder.resolve("one"), "train.epochs", "1");
    ranks(
        "pretrain",
        2,
        folder.resolve("two"),
        NEVER,
        "train.epochs",
        "1",
        "train.gradient-compression",
        format);

    assertThat(losses(folder.resolve("two")))
        .isNotEqualTo(losses(folder.resolve("one")))
        .usingElementComparator((a, b) -> Math.abs(a - b) < 5e-3 ? 0 : Double.compare(a, b))
        .isEqualTo(losses(folder.resolve("one")));
  }

  @Test
  void metrics_ofTwoRanks_tellHowEachSpendsItsTime(@TempDir Path folder) throws Exception {
    ranks("pretrain", 2, folder, NEVER, "train.epochs", "0.5", "optimizer.warmup-epochs", "0");

    List<StepReport> reports = MetricsLog.read(folder.resolve("metrics.jsonl"));
    assertThat(reports).isNotEmpty();
    for (StepReport report : reports) {
      assertThat(report.ranks()).hasSize(2);
      for (RankPace pace : report.ranks()) {
        assertThat(pace.stepSeconds()).isPositive();
        assertThat(pace.communicationShare()).isBetween(0.0, 1.0);
        assertThat(pace.hiddenShare()).isBetween(0.0, 1.0);
      }
    }
  }

  @Test
  void evaluation_ofThreeRanks_countsAsOneProcess(@TempDir Path folder) throws Exception {
    ranks("evaluate", 3, folder, NEVER);

    assertThat(Files.readAllLines(folder.resolve("evaluation.txt")))
        .isEqualTo(SmallEvaluation.lines(SmallEvaluation.of(data, Ranks.alone())));
  }

  @Test
  void features_ofThreeRanks_areTheFileOfOneProcess(@TempDir Path folder) throws Exception {
    SmallFeatures.keep(folder.resolve("one.safetensors"), Ranks.alone());
    ranks("features", 3, folder, NEVER);

    assertThat(folder.resolve("features.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("one.safetensors"));
  }

  @Test
  void ranks_ofDifferentSettings_areRefusedByNumber(@TempDir Path folder) throws Exception {
    int port = freePort();
    Process first = rank("pretrain", 0, 2, port, 20, folder, NEVER);
    Process second = rank("pretrain", 1, 2, port, 20, folder, NEVER, "mask.ratio", "0.5");

    assertThat(output(first)).contains("the configuration must be the same", "rank 1 has");
    assertThat(output(second)).contains("the configuration must be the same", "rank 1 has");
  }

  @Test
  void rank_whoseFellowNeverComes_saysSoInTime(@TempDir Path folder) throws Exception {
    Process alone = rank("pretrain", 0, 2, freePort(), 2, folder, NEVER);

    assertThat(output(alone))
        .contains("rank 0 of 2 lost rank 1, which never came, during the meeting");
    assertThat(alone.waitFor()).isNotZero();
  }

  @Test
  void rank_whereNobodyMeets_saysSoInTime(@TempDir Path folder) throws Exception {
    int port = freePort();
    Process alone = rank("pretrain", 1, 2, port, 2, folder, NEVER);

    assertThat(output(alone))
        .contains(
            "rank 1 of 2 lost rank 0, which is not there, during the meeting at 127.0.0.1:" + port);
    assertThat(alone.waitFor()).isNotZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "STOP"})
  void rank_whoseFellowDiesOrHangs_namesIt(String signal, @TempDir Path folder) throws Exception {
    int port = freePort();
    String[] endless = {"train.epochs", "1000"};
    Process first = rank("pretrain", 0, 2, port, 15, folder, NEVER, endless);
    Process second = rank("pretrain", 1, 2, port, 15, folder, NEVER, endless);
    try (var lines = second.inputReader()) {
      while (!requireNonNull(lines.readLine()).equals("step 2")) {
        // not yet
      }
    }
    String pid = Long.toString(second.pid());
    assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
    String said = output(first);
    second.destroyForcibly();

    assertThat(said).contains("rank 0 of 2 lost rank 1, which gives no sign of life, during");
    assertThat(first.waitFor()).isNotZero();
  }

  @Test
  void training_onTwoGpus_equalsOneProcess(@TempDir Path folder) throws Exception {
    assumeTrue(
        torch.cuda_is_available() && torch.cuda_device_count() >= 2,
        "not run: two NVIDIA GPUs and the CUDA build are needed");
    String[] onGpus = {"train.device", "cuda", "train.precision", "fp32"};
    one(folder.resolve("one"), onGpus);
    ranks("pretrain", 2, folder.resolve("two"), NEVER, onGpus);

    assertSame(folder.resolve("two"), folder.resolve("one"), "step-00000012");
  }

  private static void one(Path folder, String... changes) throws Exception {
    SmallRun.run(SmallRun.plan(data.resolve("list.txt"), changes), folder, new StopSignal());
  }

  private static void ranks(String kind, int size, Path folder, long stopAfter, String... changes)
      throws Exception {
    int port = freePort();
    List<Process> processes = new ArrayList<>();
    for (int rank = 0; rank < size; rank++) {
      processes.add(rank(kind, rank, size, port, 120, folder, stopAfter, changes));
    }
    for (Process process : processes) {
      String said = output(process);
      assertThat(process.waitFor()).as(said).isZero();
    }
  }

  private static Process rank(
      String kind,
      int rank,
      int size,
      int port,
      int timeout,
      Path folder,
      long stopAfter,
      String... changes)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1", // a short life
                "-cp",
                System.getProperty("java.class.path"),
                RankMain.class.getName(),
                kind,
                Integer.toString(rank),
                Integer.toString(size),
                Integer.toString(port),
                Integer.toString(timeout),
                data.toString(),
                folder.toString(),
                Long.toString(stopAfter)));
    command.addAll(List.of(changes));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void assertSame(Path actual, Path expected, String checkpoint) throws IOException {
    for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
      Map<String, float[]> wanted = SavedTensors.floats(expected.resolve(checkpoint).resolve(file));
      Map<String, float[]> got = SavedTensors.floats(actual.resolve(checkpoint).resolve(file));
      assertThat(got).containsOnlyKeys(wanted.keySet());
      wanted.forEach(
          (name, values) ->
              assertThat(requireNonNull(got.get(name)))
                  .as("%s of %s", name, file)
                  .containsExactly(values, within(TOLERANCE)));
    }
    List<Double> losses = losses(expected);
    List<Double> others = losses(actual);
    assertThat(others).hasSameSizeAs(losses);
    for (int i = 0; i < losses.size(); i++) {
      assertThat(others.get(i)).isCloseTo(losses.get(i), within(2e-5));
    }
  }

  private static List<Double> losses(Path folder) throws IOException {
    return MetricsLog.read(folder.resolve("metrics.jsonl")).stream().map(StepReport::loss).toList();
  }
}
