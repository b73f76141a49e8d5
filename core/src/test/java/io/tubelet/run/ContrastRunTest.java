package io.tubelet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.checkpoint.ModelFile;
import io.tubelet.config.ConfigException;
import io.tubelet.config.ContrastiveConfig;
import io.tubelet.convert.ForeignWeights;
import io.tubelet.convert.Inflation;
import io.tubelet.convert.ModelConfig;
import io.tubelet.convert.WantedModel;
import io.tubelet.data.Manifest;
import io.tubelet.report.MetricsLog;
import io.tubelet.report.StepReport;
import io.tubelet.report.StepSink;
import io.tubelet.report.Verdict;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.TensorScope;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContrastRunTest {
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("model.clip.height", "32"),
          Map.entry("model.clip.width", "32"),
          Map.entry("model.encoder.width", "32"),
          Map.entry("model.encoder.depth", "2"),
          Map.entry("model.heads", "{hidden: 32, output: 16}"),
          Map.entry("data.workers", "2"),
          Map.entry("data.cache", "0"),
          Map.entry("optimizer.warmup-epochs", "0"),
          Map.entry("train.epochs", "4"),
          Map.entry("train.batch", "16"),
          Map.entry("train.log-every", "3"),
          Map.entry("train.checkpoint-every", "5"));

  /** Not the same after an update, and neither trained nor followed. */
  private static final String PATCHES = "encoder.patch_embed.proj.weight";

  private static Path list = Path.of("");

  @BeforeAll
  static void makeClips(@TempDir Path data) throws IOException, InterruptedException {
    list = SmallRun.clips(data.resolve("clips"));
  }

  private static ContrastPlan plan(String... changes) throws IOException {
    return plan(list, changes);
  }

  private static ContrastPlan plan(Path videos, String... changes) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>(SETTINGS);
    for (int i = 0; i < changes.length; i += 2) {
      settings.put(changes[i], changes[i + 1]);
    }
    return new ContrastPlan(
        ContrastiveConfig.read("moco-v3-demo", settings), Manifest.read(videos));
  }

  private static RunResult run(
      ContrastPlan plan, Path folder, StopSignal stop, StepSink... watchers) throws Exception {
    try (PretrainingRun run = plan.open(folder, Start.RESUME_IF_THERE, List.of(watchers))) {
      return run.run(stop, plan.manifest());
    }
  }

  private static StepSink stoppingAt(long step, StopSignal stop) {
    return SmallFineTuning.onStep(
        now -> {
          if (now == step) {
            stop.request();
          }
        });
  }

  private static Map<String, float[]> saved(Path folder, String file) throws IOException {
    return SavedTensors.floats(folder.resolve("step-00000012/" + file));
  }

  @Test
  void run_toTheEnd_leavesEverythingAUserLooksFor(@TempDir Path folder) throws Exception {
    RunResult result = run(plan(), folder, new StopSignal());

    assertThat(result.finished()).isTrue();
    assertThat(result.describe()).contains("guessing");
    assertThat(folder.resolve("config.yaml")).content().contains("temperature: 0.2");
    assertThat(folder.resolve("report.html"))
        .content()
        .contains("Views that are told to belong together", "data:image/png", "view 2")
        .doesNotContain("predicting the mean", "Reconstructions");
    assertThat(MetricsLog.read(folder.resolve("metrics.jsonl")))
        .extracting(StepReport::step)
        .containsExactly(3L, 6L, 9L, 12L);
    assertThat(saved(folder, "model.safetensors").keySet())
        .isNotEmpty()
        .allMatch(name -> name.startsWith("encoder."));
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "1, 7", "2, 7"})
  void run_stoppedAndResumed_equalsOneNeverStopped(int replicas, long stopAt, @TempDir Path folder)
      throws Exception {
    ContrastPlan plan = plan("train.replicas", Integer.toString(replicas));
    run(plan, folder.resolve("straight"), new StopSignal());
    StopSignal stop = new StopSignal();
    RunResult stopped = run(plan, folder.resolve("stopped"), stop, stoppingAt(stopAt, stop));
    RunResult resumed = run(plan, folder.resolve("stopped"), new StopSignal());

    assertThat(stopped.step()).isEqualTo(stopAt);
    assertThat(resumed.finished()).isTrue();
    for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
      assertThat(SavedTensors.bytes(folder.resolve("stopped/step-00000012/" + file)))
          .isEqualTo(SavedTensors.bytes(folder.resolve("straight/step-00000012/" + file)));
    }
  }

  @Test
  void run_savedState_holdsHeadsAndFollowingWeightsBetweenStartAndTrained(@TempDir Path folder)
      throws Exception {
    run(plan(), folder, new StopSignal());
    Map<String, float[]> state = saved(folder, "optimizer.safetensors");
    Map<String, float[]> trained = saved(folder, "model.safetensors");

    assertThat(state)
        .containsKeys("heads.predictor.fc1.weight", "following.projector.fc3.weight")
        .doesNotContainKey("following.predictor.fc1.weight");
    String weight = "encoder.blocks.0.mlp.fc1.weight";
    assertThat(state.get("following." + weight)).isNotEqualTo(trained.get(weight));
    assertThat(state.get("following." + PATCHES)).isEqualTo(trained.get(PATCHES));
  }

  @ParameterizedTest
  @CsvSource({"true, 1", "true, 2", "false, 1"})
  void run_patchProjection_learnsOnlyWhereItIsNotFrozen(
      boolean frozen, int replicas, @TempDir Path folder) throws Exception {
    String[] settings = {
      "model.frozen-patches", Boolean.toString(frozen), "train.replicas", replicas + ""
    };
    run(plan(settings), folder.resolve("whole"), new StopSignal());
    StopSignal stop = new StopSignal();
    run(plan(settings), folder.resolve("one"), stop, stoppingAt(1, stop));
    float[] end = saved(folder.resolve("whole"), "model.safetensors").get(PATCHES);
    float[] begin =
        SavedTensors.floats(folder.resolve("one/step-00000001/model.safetensors")).get(PATCHES);

    assertThat(Objects.requireNonNull(end)).hasSizeGreaterThan(1000);
    if (frozen) {
      assertThat(end).isEqualTo(begin);
    } else {
      assertThat(end).isNotEqualTo(begin);
    }
  }

  /** All clips of a batch are compared with all, however it is divided. */
  @ParameterizedTest
  @CsvSource({"train.replicas, 2", "train.replicas, 3", "train.activations, recompute"})
  void run_computedInAnotherWay_learnsTheSame(String key, String value, @TempDir Path folder)
      throws Exception {
    Map<String, float[]> expected = gradients(folder.resolve("plain"), "train.replicas", "1");
    Map<String, float[]> actual =
        gradients(folder.resolve("other"), "train.replicas", "1", key, value);

    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    for (Map<String, float[]> gradients : List.of(expected, actual)) {
      assertThat(gradients.remove("moment1.encoder.norm.bias"))
          .as("what all clips share, which batch normalisation takes out: rounding alone")
          .isNotNull()
          .usingComparatorWithPrecision(1e-5f)
          .containsOnly(0);
    }
    expected.forEach(
        (name, gradient) -> {
          float[] other = Objects.requireNonNull(actual.get(name));
          double largest = 0;
          double difference = 0;
          for (int i = 0; i < gradient.length; i++) {
            largest = Math.max(largest, Math.abs(gradient[i]));
            difference = Math.max(difference, Math.abs(gradient[i] - other[i]));
          }
          assertThat(difference).as(name).isLessThanOrEqualTo(2e-5 * largest);
        });
  }

  /** Of the first update, up to a factor. */
  private static Map<String, float[]> gradients(Path folder, String... changes) throws Exception {
    StopSignal stop = new StopSignal();
    run(plan(changes), folder, stop, stoppingAt(1, stop));
    Map<String, float[]> gradients =
        SavedTensors.floats(folder.resolve("step-00000001/optimizer.safetensors"));
    gradients.keySet().removeIf(name -> !name.startsWith("moment1."));
    return gradients;
  }

  /** Telling eight videos apart, which at first it does worse than guessing, is soon learnt. */
  @Test
  void run_fewVideos_learnsToTellThemApart(@TempDir Path folder) throws Exception {
    Path few = list.resolveSibling("few.csv"); // names in it count from its folder
    Files.write(few, Files.readAllLines(list).subList(0, 8));
    ContrastPlan plan =
        plan(
            few,
            "train.epochs",
            "240",
            "train.checkpoint-every",
            "0",
            "data.colour-jitter.probability",
            "0",
            "optimizer.base-lr",
            "0.1");

    Verdict verdict = run(plan, folder.resolve("run"), new StopSignal()).verdict();

    assertThat(verdict.baseline()).isEqualTo((float) (0.8 * Math.log(8)));
    assertThat(verdict.finalLoss()).isLessThan(0.7 * verdict.baseline());
  }

  @Test
  void run_again_leavesNoNativeObjectsBehind(@TempDir Path folder) throws Exception {
    run(plan("train.replicas", "2"), folder.resolve("warm"), new StopSignal());
    long before = Pointer.totalCount();

    run(plan("train.replicas", "2", "train.epochs", "8"), folder.resolve("l"), new StopSignal());

    assertThat(Pointer.totalCount() - before).isLessThan(50);
  }

  @Test
  void weights_ofAFinishedRun_serveProbesFineTuningAndConversion(@TempDir Path folder)
      throws Exception {
    run(plan(), folder.resolve("run"), new StopSignal());
    SmallFineTuning labelled = new SmallFineTuning(Objects.requireNonNull(list.getParent()));
    FineTuneResult tuned =
        SmallFineTuning.run(
            labelled.plan(),
            labelled.validation(),
            Optional.of(folder.resolve("run")),
            folder.resolve("tuned"),
            new StopSignal(),
            look -> {});

    assertThat(tuned.finished()).isTrue();
    try (var scope = new TensorScope();
        FrozenEncoder encoder = FrozenEncoder.open(folder.resolve("run"), Compute.CPU_FP32, false);
        FrozenEncoder untrained =
            FrozenEncoder.untrained(folder.resolve("run"), Compute.CPU_FP32, false, 5);
        ForeignWeights weights = ForeignWeights.open(folder.resolve("run"))) {
      byte[] clips = new byte[2 * encoder.clip().bytes()];
      new SplittableRandom(1).nextBytes(clips);
      assertThat(HostArrays.toFloats(encoder.features(clips, 2)))
          .hasSize(2 * 32)
          .isNotEqualTo(HostArrays.toFloats(untrained.features(clips, 2)));
      WantedModel classifier =
          new WantedModel(
              OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(7));
      assertThat(classifier.fit(weights, List.of(), Inflation.AVERAGE, 0).weights().config())
          .isInstanceOf(ModelConfig.Classifier.class);
    }
    try (ModelFile file = ModelFile.open(folder.resolve("run"))) {
      assertThatThrownBy(() -> Reconstructor.configuration(file))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("no decoder");
    }
  }

  @Test
  void run_folderOfAnotherRun_isRefusedByNameOfTheSetting(@TempDir Path folder) throws Exception {
    StopSignal stop = new StopSignal();
    run(plan(), folder, stop, stoppingAt(1, stop));

    assertThatThrownBy(() -> run(plan("contrast.temperature", "0.1"), folder, new StopSignal()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("contrast.temperature");
  }

  @Test
  void plan_moreVideosInABatchThanThereAre_isRefusedWithBothNumbers() {
    assertThatThrownBy(() -> plan("train.batch", "128"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("50 videos")
        .hasMessageContaining("takes 64");
  }

  @Test
  void plan_describe_saysWhatWillHappen() throws IOException {
    assertThat(plan().describe("fresh weights"))
        .contains("2 views of each video", "among 8 at temperature 0.2", "12 updates")
        .contains("stays as drawn", "fresh weights", "GFLOP");
  }
}
