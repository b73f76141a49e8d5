package io.tubelet.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.checkpoint.Checkpoint;
import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.checkpoint.CheckpointStore;
import io.tubelet.checkpoint.Provenance;
import io.tubelet.config.ConfigException;
import io.tubelet.data.DataException;
import io.tubelet.data.Manifest;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.dataset.ClassNames;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.dataset.ReadOptions;
import io.tubelet.report.MetricsLog;
import io.tubelet.report.StepReport;
import io.tubelet.report.StepSink;
import io.tubelet.report.Validation;
import io.tubelet.report.ValidationLog;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuneRunTest {
  private static SmallFineTuning small = new SmallFineTuning(Path.of(""));
  private static Path pretrained = Path.of("");

  @BeforeAll
  static void makeClips(@TempDir Path data) throws IOException, InterruptedException {
    Path list = SmallRun.clips(data.resolve("clips"));
    small = new SmallFineTuning(data.resolve("clips"));
    pretrained = data.resolve("pretrained");
    SmallRun.run(SmallRun.plan(list, "train.epochs", "1"), pretrained, new StopSignal());
  }

  @Test
  void run_toTheEnd_leavesEverythingAUserLooksFor(@TempDir Path folder) throws Exception {
    List<Validation> looks = new ArrayList<>();

    FineTuneResult result =
        SmallFineTuning.run(
            small.plan(),
            small.validation(),
            Optional.empty(),
            folder,
            new StopSignal(),
            looks::add);

    assertThat(result.finished()).isTrue();
    assertThat(result.validation().orElseThrow().results()).hasSize(small.validation().size());
    assertThat(result.describe()).contains("Top-1", "report.html");
    assertThat(looks).extracting(Validation::step).containsExactly(6L, 12L);
    assertThat(looks).extracting(Validation::epoch).containsExactly(1.0, 2.0);
    assertThat(ValidationLog.read(folder.resolve("validation.jsonl"))).isEqualTo(looks);
    assertThat(folder.resolve("config.yaml")).content().contains("classes: 10");
    assertThat(folder.resolve("quarantine.tsv")).exists();
    assertThat(folder.resolve("report.html"))
        .content()
        .contains("data:image/png", "Validation", "started from scratch")
        .doesNotContain("http://", "https://");
  }

  @Test
  void run_fewClipsManyTimes_fitsThem(@TempDir Path folder) throws Exception {
    Path list = folder.resolve("few.csv");
    List<String> lines = new ArrayList<>();
    for (Entry entry : small.training().manifest().entries().subList(0, 8)) {
      lines.add("%s %d".formatted(entry.file(), lines.size() % 2));
    }
    Files.write(list, lines);
    LabelledVideos few = LabelledVideos.read(list, null, ReadOptions.TRAINING);
    FineTunePlan plan =
        SmallFineTuning.plan(
            few,
            "train.epochs",
            "80",
            "train.log-every",
            "10",
            "optimizer.base-lr",
            "0.1",
            "supervision.smoothing",
            "0",
            "layer-decay",
            "1",
            "validation.every-epochs",
            "80");

    FineTuneResult result =
        SmallFineTuning.run(
            plan, few, Optional.empty(), folder.resolve("run"), new StopSignal(), look -> {});

    List<StepReport> steps = MetricsLog.read(folder.resolve("run/metrics.jsonl"));
    assertThat(steps.get(0).loss()).isCloseTo(Math.log(2), within(0.3));
    assertThat(steps.get(steps.size() - 1).loss()).isLessThan(Math.log(2) / 2);
    assertThat(result.validation().orElseThrow().top1().share()).isGreaterThan(0.8);
  }

  @Test
  void run_stoppedAndResumed_equalsOneNeverStopped(@TempDir Path folder) throws Exception {
    FineTunePlan plan = small.plan(SmallFineTuning.EVERYTHING_ON);
    small.run(plan, folder.resolve("straight"), new StopSignal());
    for (long when : new long[] {2, 7}) {
      StopSignal stop = new StopSignal();
      FineTuneResult stopped = small.run(plan, folder.resolve("stopped"), stop, stopAt(when, stop));
      assertThat(stopped.finished()).isFalse();
      assertThat(stopped.step()).isEqualTo(when);
    }

    FineTuneResult resumed = small.run(plan, folder.resolve("stopped"), new StopSignal());

    assertThat(resumed.finished()).isTrue();
    for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
      assertThat(SavedTensors.bytes(folder.resolve("stopped/step-00000012").resolve(file)))
          .as(file)
          .isEqualTo(SavedTensors.bytes(folder.resolve("straight/step-00000012").resolve(file)));
    }
    assertThat(looks(folder.resolve("stopped"))).isEqualTo(looks(folder.resolve("straight")));
    assertThat(losses(folder.resolve("stopped"))).isEqualTo(losses(folder.resolve("straight")));
  }

  @Test
  void run_stoppedWhileValidating_looksAgainWhenResumed(@TempDir Path folder) throws Exception {
    FineTunePlan plan = small.plan();
    small.run(plan, folder.resolve("straight"), new StopSignal());
    StopSignal stop = new StopSignal();
    small.run(plan, folder.resolve("stopped"), stop, stopAt(6, stop));
    assertThat(looks(folder.resolve("stopped"))).isEmpty();
    StopSignal last = new StopSignal();
    FineTuneResult unseen = small.run(plan, folder.resolve("stopped"), last, stopAt(12, last));
    assertThat(unseen.finished()).isTrue();
    assertThat(unseen.describe()).contains("not validated");

    FineTuneResult seen = small.run(plan, folder.resolve("stopped"), new StopSignal());

    assertThat(seen.describe()).contains("Top-1");
    assertThat(looks(folder.resolve("stopped"))).isEqualTo(looks(folder.resolve("straight")));
    for (String step : List.of("step-00000006", "step-00000012")) {
      assertThat(error(folder.resolve("stopped").resolve(step)))
          .isEqualTo(error(folder.resolve("straight").resolve(step)));
    }
  }

  @Test
  void run_finishedAndResumed_isLookedAtForItsPageAlone(@TempDir Path folder) throws Exception {
    FineTunePlan plan = small.plan();
    FineTuneResult first = small.run(plan, folder, new StopSignal());
    List<Validation> looks = looks(folder);
    Files.delete(folder.resolve("report.html"));

    FineTuneResult again = small.run(plan, folder, new StopSignal());

    assertThat(again.describe()).isEqualTo(first.describe()).contains("Top-1");
    assertThat(looks(folder)).isEqualTo(looks);
    assertThat(folder.resolve("report.html")).content().contains("Top-1");
  }

  @Test
  void run_validated_keepsTheCheckpointOfTheHighestAccuracy(@TempDir Path folder) throws Exception {
    SmallFineTuning.run(
        small.plan(
            "train.epochs",
            "6",
            "train.keep-last",
            "1",
            "train.checkpoint-every",
            "5",
            "optimizer.base-lr",
            "0.1"),
        small.training(),
        Optional.empty(),
        folder,
        new StopSignal(),
        look -> {});

    double most = looks(folder).stream().mapToDouble(Validation::top1).max().orElseThrow();
    Checkpoint best = new CheckpointStore(folder, 1, true).best().orElseThrow();
    assertThat(best.provenance().metrics())
        .containsEntry(Provenance.ERROR, 1 - most)
        .containsKey("validation-log-loss");
    assertThat(looks(folder))
        .filteredOn(look -> look.step() == best.provenance().step())
        .extracting(Validation::top1)
        .containsExactly(most);
    assertThat(looks(folder).get(0).top1()).as("a choice").isLessThan(most);
  }

  @Test
  void run_pretrained_beginsWithItsEncoderAndAFreshHead(@TempDir Path folder) throws Exception {
    FineTunePlan plan =
        small.plan("optimizer.base-lr", "1e-9", "optimizer.min-lr", "0", "train.epochs", "0.17");

    SmallFineTuning.run(
        plan, small.validation(), Optional.of(pretrained), folder, new StopSignal(), look -> {});

    Map<String, float[]> theirs =
        model(new CheckpointStore(pretrained, 1, true).latest().orElseThrow().folder());
    Map<String, float[]> ours = model(folder.resolve("step-00000001"));
    assertThat(ours.keySet()).anyMatch(name -> name.startsWith("blocks.1."));
    ours.forEach(
        (name, values) -> {
          if (name.startsWith("blocks.") || name.startsWith("patch_embed.")) {
            assertThat(values)
                .as(name)
                .containsExactly(values(theirs, "encoder." + name), within(1e-6f));
          }
        });
    assertThat(values(ours, "fc_norm.weight")).containsOnly(1);
    assertThat(values(ours, "fc_norm.bias")).containsExactly(new float[32], within(1e-6f));
    assertThat(values(ours, "head.weight")).hasSize(10 * 32);
    assertThat(folder.resolve("report.html")).content().contains(pretrained.toString());
  }

  @Test
  void run_fromAClassifierOfOtherClasses_keepsItsBodyAndTakesAFreshHead(@TempDir Path folder)
      throws Exception {
    SmallFineTuning.run(
        small.plan("optimizer.base-lr", "0.1"),
        small.validation(),
        Optional.empty(),
        folder.resolve("ten"),
        new StopSignal(),
        look -> {});
    LabelledVideos two = twoClasses();

    SmallFineTuning.run(
        SmallFineTuning.plan(
            two, "optimizer.base-lr", "1e-9", "optimizer.min-lr", "0", "train.epochs", "1"),
        two,
        Optional.of(folder.resolve("ten")),
        folder.resolve("two"),
        new StopSignal(),
        look -> {});

    Map<String, float[]> ten = model(folder.resolve("ten/step-00000012"));
    Map<String, float[]> body = model(folder.resolve("two/step-00000001"));
    for (String name : List.of("blocks.1.mlp.fc1.weight", "fc_norm.weight")) {
      assertThat(values(body, name)).as(name).containsExactly(values(ten, name), within(1e-6f));
    }
    assertThat(values(body, "head.weight")).hasSize(2 * 32);
  }

  @Test
  void run_encoderOfAnotherSize_isRefusedByNameAndTheFolderStaysFree(@TempDir Path folder)
      throws Exception {
    FineTunePlan wide = small.plan("model.encoder.width", "64");

    assertThatThrownBy(() -> begin(wide, Optional.of(pretrained), folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("patch_embed")
        .hasMessageContaining("64")
        .hasMessageContaining("32");
    begin(small.plan(), Optional.of(pretrained), folder);
  }

  @Test
  void run_resumedWithOtherValidationVideos_isRefused(@TempDir Path folder) throws Exception {
    StopSignal stop = new StopSignal();
    small.run(small.plan(), folder, stop, stopAt(1, stop));
    LabelledVideos others =
        LabelledVideos.read(
            small.data().resolve("test.csv"), small.training().classes(), ReadOptions.TESTING);

    assertThatThrownBy(
            () ->
                SmallFineTuning.run(
                    small.plan(), others, Optional.empty(), folder, new StopSignal(), look -> {}))
        .isInstanceOf(CheckpointException.class)
        .message()
        .hasLineCount(1)
        .contains(
            "another run", "the validation videos: were", small.validation().manifest().digest());
  }

  @Test
  void run_resumedWithOtherWeights_keepsToldWhereItStarted(@TempDir Path folder) throws Exception {
    StopSignal stop = new StopSignal();
    SmallFineTuning.run(
        small.plan(),
        small.validation(),
        Optional.of(pretrained),
        folder,
        stop,
        look -> {},
        stopAt(1, stop));

    small.run(small.plan(), folder, new StopSignal());

    assertThat(new CheckpointStore(folder, 1, true).latest().orElseThrow().provenance())
        .extracting(Provenance::startedFrom)
        .isEqualTo(pretrained.toString());
  }

  @Test
  void run_averaging_savesTheAveragesAndRemembersTheWeights(@TempDir Path folder) throws Exception {
    small.run(
        small.plan("averaging", "0.75", "train.checkpoint-every", "1"), folder, new StopSignal());

    float[] average = values(model(folder.resolve("step-00000001")), "head.weight");
    for (int step = 2; step <= 12; step++) {
      Path saved = folder.resolve("step-%08d".formatted(step));
      float[] weight =
          values(
              SavedTensors.floats(saved.resolve("optimizer.safetensors")), "trained.head.weight");
      for (int i = 0; i < average.length; i++) {
        average[i] = 0.75f * average[i] + 0.25f * weight[i];
      }
      assertThat(values(model(saved), "head.weight"))
          .as("after update " + step)
          .containsExactly(average, within(1e-6f))
          .isNotEqualTo(weight);
    }
  }

  @Test
  void run_fewBrokenValidationVideos_goesOnAndCountsThem(@TempDir Path folder) throws Exception {
    FineTuneResult result =
        SmallFineTuning.run(
            small.plan("data.max-broken", "0.2", "train.epochs", "1"),
            withBroken(folder, 2),
            Optional.empty(),
            folder.resolve("run"),
            new StopSignal(),
            look -> {});

    int whole = small.validation().size();
    assertThat(result.validation().orElseThrow().results()).hasSize(whole);
    assertThat(result.validation().orElseThrow().missing()).hasSize(2);
    assertThat(result.describe()).contains("%d of %d videos".formatted(whole, whole + 2));
  }

  @Test
  void run_manyBrokenValidationVideos_failsNamingOneAndTheShare(@TempDir Path folder)
      throws Exception {
    LabelledVideos broken = withBroken(folder, 5);

    assertThatThrownBy(
            () ->
                SmallFineTuning.run(
                    small.plan("data.max-broken", "0.2", "train.epochs", "1"),
                    broken,
                    Optional.empty(),
                    folder.resolve("run"),
                    new StopSignal(),
                    look -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("broken0.mp4")
        .hasMessageContaining("5 of 15")
        .hasMessageContaining("max-broken");
  }

  @Test
  void plan_otherNumberOfClasses_isRefused() throws Exception {
    FineTunePlan plan = small.plan();
    LabelledVideos two = twoClasses();

    assertThatThrownBy(() -> new FineTunePlan(plan.config(), two))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("10")
        .hasMessageContaining("2 classes");
    assertThatThrownBy(
            () ->
                SmallFineTuning.run(
                    plan,
                    two,
                    Optional.empty(),
                    Path.of("never-made"),
                    new StopSignal(),
                    look -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("2 classes");
    assertThat(Path.of("never-made")).doesNotExist();
  }

  @Test
  void run_again_leavesNoNativeObjectsBehind(@TempDir Path folder) throws Exception {
    small.run(small.plan(SmallFineTuning.EVERYTHING_ON), folder.resolve("a"), new StopSignal());
    long before = Pointer.totalCount();

    small.run(small.plan(SmallFineTuning.EVERYTHING_ON), folder.resolve("b"), new StopSignal());

    assertThat(Pointer.totalCount() - before).isLessThan(50);
  }

  @Test
  void plan_describe_saysWhatWillHappen() throws Exception {
    assertThat(small.plan().describe("fresh weights"))
        .contains(
            "10 classes", "12 updates", "every 6 updates, 1x1", "fresh weights", "GFLOP", "(keep)");
    assertThat(small.plan("train.activations", "recompute-first-1").describe("fresh weights"))
        .contains("(recompute-first-1)");
  }

  private static void begin(FineTunePlan plan, Optional<Path> checkpoint, Path folder)
      throws IOException {
    new FineTuneRun(
            plan, small.validation(), checkpoint, folder, Start.FRESH, List.of(), look -> {})
        .close();
  }

  private static LabelledVideos twoClasses() throws IOException {
    List<Entry> entries =
        small.training().manifest().entries().stream().filter(e -> isBelow(e, 2)).toList();
    return new LabelledVideos(
        new Manifest(Path.of("two.csv"), entries), ClassNames.numbered(2), List.of());
  }

  private static boolean isBelow(Entry entry, int classes) {
    Integer label = entry.label();
    return label != null && label < classes;
  }

  private static LabelledVideos withBroken(Path folder, int broken) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Entry entry : small.validation().manifest().entries()) {
      lines.add(entry.file() + " " + entry.label());
    }
    for (int i = 0; i < broken; i++) {
      Path file = Files.writeString(folder.resolve("broken%d.mp4".formatted(i)), "no video");
      lines.add(2 * i, file + " 0");
    }
    Path list = Files.write(folder.resolve("mixed.csv"), lines);
    return LabelledVideos.read(list, small.training().classes(), ReadOptions.TESTING);
  }

  private static StepSink stopAt(long when, StopSignal stop) {
    return SmallFineTuning.onStep(
        step -> {
          if (step == when) {
            stop.request();
          }
        });
  }

  private static List<Validation> looks(Path folder) throws IOException {
    return ValidationLog.read(folder.resolve("validation.jsonl"));
  }

  private static List<Double> losses(Path folder) throws IOException {
    return MetricsLog.read(folder.resolve("metrics.jsonl")).stream().map(StepReport::loss).toList();
  }

  private static double error(Path checkpoint) throws IOException {
    return requireNonNull(Checkpoint.open(checkpoint).provenance().metrics().get(Provenance.ERROR));
  }

  private static Map<String, float[]> model(Path checkpoint) throws IOException {
    return SavedTensors.floats(checkpoint.resolve("model.safetensors"));
  }

  private static float[] values(Map<String, float[]> tensors, String name) {
    return requireNonNull(tensors.get(name), name);
  }
}
