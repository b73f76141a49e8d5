package io.tubelet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.checkpoint.ModelFile;
import io.tubelet.clip.Frames;
import io.tubelet.config.PretrainedConfig;
import io.tubelet.data.DataException;
import io.tubelet.data.Manifest;
import io.tubelet.model.DecoderAttention;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.report.MetricsLog;
import io.tubelet.report.StepReport;
import io.tubelet.report.StepSink;
import io.tubelet.tensor.Placement;
import io.tubelet.train.StopSignal;
import io.tubelet.train.TrainingDiverged;
import io.tubelet.video.Videos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainRunTest {
  static Path list = Path.of("");

  @BeforeAll
  static void makeClips(@TempDir Path data) throws IOException, InterruptedException {
    list = SmallRun.clips(data.resolve("clips"));
  }

  @Test
  void run_toTheEnd_leavesEverythingAUserLooksFor(@TempDir Path folder) throws Exception {
    RunResult result = SmallRun.run(SmallRun.plan(list), folder, new StopSignal());

    assertThat(result.finished()).isTrue();
    assertThat(folder.resolve("config.yaml")).content().contains("ratio: 0.75");
    assertThat(folder.resolve("quarantine.tsv")).exists();
    assertThat(folder.resolve("report.html"))
        .content()
        .contains("data:image/png")
        .doesNotContain("http://", "https://");
    assertThat(MetricsLog.read(folder.resolve("metrics.jsonl")))
        .extracting(StepReport::step)
        .containsExactly(3L, 6L, 9L, 12L);
    assertThat(files(folder)).anyMatch(name -> name.startsWith("events.out.tfevents"));
    assertThat(files(folder)).contains("step-00000005", "step-00000010", "step-00000012");
  }

  @Test
  void run_stoppedAndResumed_equalsOneNeverStopped(@TempDir Path folder) throws Exception {
    PretrainPlan plan = SmallRun.plan(list);
    SmallRun.run(plan, folder.resolve("straight"), new StopSignal());
    StopSignal stop = new StopSignal();
    RunResult stopped =
        SmallRun.run(plan, folder.resolve("stopped"), stop, watch(r -> stop.request()));
    RunResult resumed =
        SmallRun.run(
            SmallRun.plan(list, "data.workers", "1"), folder.resolve("stopped"), new StopSignal());

    assertThat(stopped.finished()).isFalse();
    assertThat(resumed.finished()).isTrue();
    assertThat(weights(folder.resolve("stopped"))).isEqualTo(weights(folder.resolve("straight")));
    assertThat(moments(folder.resolve("stopped"))).isEqualTo(moments(folder.resolve("straight")));
    assertThat(losses(folder.resolve("stopped"))).isEqualTo(losses(folder.resolve("straight")));
  }

  @Test
  void run_accumulated_equalsTheLargerBatch(@TempDir Path folder) throws Exception {
    SmallRun.run(SmallRun.plan(list), folder.resolve("one"), new StopSignal());
    SmallRun.run(
        SmallRun.plan(list, "train.batch", "4", "train.accumulate", "2"),
        folder.resolve("two"),
        new StopSignal());

    List<Double> one = losses(folder.resolve("one"));
    List<Double> two = losses(folder.resolve("two"));
    for (int i = 0; i < one.size(); i++) {
      assertThat(two.get(i)).isCloseTo(one.get(i), within(2e-5));
    }
  }

  @Test
  void run_repeatedSampling_countsEffectiveEpochs() throws Exception {
    PretrainPlan once = SmallRun.plan(list);
    PretrainPlan repeated = SmallRun.plan(list, "data.repeats", "2");

    assertThat(repeated.training().steps()).isEqualTo(once.training().steps());
    assertThat(repeated.training().batchesPerPass())
        .isEqualTo(2 * once.training().batchesPerPass());
  }

  @Test
  void run_everyStepNotFinite_stopsAndKeepsCheckpoints(@TempDir Path folder) throws Exception {
    PretrainPlan healthy = SmallRun.plan(list);
    StopSignal stop = new StopSignal();
    SmallRun.run(healthy, folder, stop, watch(r -> stop.request()));
    List<String> before = files(folder);
    PretrainPlan diverging =
        SmallRun.plan(list, "optimizer.base-lr", "1e30", "train.max-skipped-steps", "2");

    assertThatThrownBy(() -> SmallRun.run(diverging, folder.resolve("diverging"), new StopSignal()))
        .isInstanceOf(TrainingDiverged.class)
        .hasMessageContaining("max-skipped-steps=2");
    assertThat(files(folder)).containsAll(before);
  }

  @Test
  void run_folderOfAnotherRun_isRefusedByNameOfTheSetting(@TempDir Path folder) throws Exception {
    StopSignal stop = new StopSignal();
    SmallRun.run(SmallRun.plan(list), folder, stop, watch(r -> stop.request()));

    assertThatThrownBy(() -> SmallRun.run(SmallRun.plan(list, "mask.ratio", "0.5"), folder, stop))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("mask.ratio")
        .hasMessageContaining("0.75");
    assertThatThrownBy(() -> new PretrainRun(SmallRun.plan(list), folder, Start.FRESH, List.of()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("resume");
  }

  @Test
  void run_resumeWhereNothingIs_isRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> new PretrainRun(SmallRun.plan(list), folder, Start.RESUME, List.of()))
        .hasMessageContaining("no run to resume");
  }

  @Test
  void run_folderInUse_isRefusedUntilTheOtherCloses(@TempDir Path folder) throws Exception {
    PretrainPlan plan = SmallRun.plan(list);
    try (PretrainRun other = new PretrainRun(plan, folder, Start.FRESH, List.of())) {
      assertThatThrownBy(() -> SmallRun.run(plan, folder, new StopSignal()))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("another process");
    }
    assertThat(SmallRun.run(plan, folder, new StopSignal()).finished()).isTrue();
  }

  @Test
  void run_stoppedBeforeTheFirstUpdate_saysThatNothingIsSaved(@TempDir Path folder)
      throws Exception {
    StopSignal stop = new StopSignal();
    stop.request();
    RunResult result = SmallRun.run(SmallRun.plan(list), folder, stop);

    assertThat(result.describe()).contains("nothing to save");
    assertThat(files(folder)).noneMatch(name -> name.startsWith("step-"));
  }

  @Test
  void run_fewBrokenFiles_areCountedNamedAndLeftOut(@TempDir Path folder) throws Exception {
    Path mixed = withBroken(folder, 3);

    SmallRun.run(SmallRun.plan(mixed), folder.resolve("run"), new StopSignal());

    assertThat(Files.readAllLines(folder.resolve("run/quarantine.tsv")))
        .hasSize(1 + 3)
        .anyMatch(line -> line.contains("broken0.mp4"));
  }

  @Test
  void run_tooManyBrokenFiles_failsNamingTheShare(@TempDir Path folder) throws Exception {
    Path mixed = withBroken(folder, 12);

    assertThatThrownBy(
            () -> SmallRun.run(SmallRun.plan(mixed), folder.resolve("run"), new StopSignal()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("broken");
  }

  @Test
  void run_again_leavesNoNativeObjectsBehind(@TempDir Path folder) throws Exception {
    SmallRun.run(SmallRun.plan(list), folder.resolve("warm"), new StopSignal());
    long before = Pointer.totalCount();

    SmallRun.run(
        SmallRun.plan(list, "train.epochs", "4"), folder.resolve("long"), new StopSignal());

    assertThat(Pointer.totalCount() - before).isLessThan(50);
  }

  @Test
  void plan_describe_saysWhatWillHappen() throws Exception {
    assertThat(SmallRun.plan(list).describe("fresh weights"))
        .contains("64 tokens", "16 visible, 48 hidden", "12 updates", "fresh weights", "GFLOP");
  }

  /** Trained on half of the hidden tokens; a reconstruction fills them all in. */
  @Test
  void run_decoderOptions_resumesExactlyAndReconstructsEverything(@TempDir Path folder)
      throws Exception {
    PretrainPlan plan =
        SmallRun.plan(list, "decoder-mask.ratio", "0.5", "model.decoder.attention", "cross");
    SmallRun.run(plan, folder.resolve("straight"), new StopSignal());
    StopSignal stop = new StopSignal();
    SmallRun.run(plan, folder.resolve("stopped"), stop, watch(r -> stop.request()));
    SmallRun.run(plan, folder.resolve("stopped"), new StopSignal());

    assertThat(weights(folder.resolve("stopped"))).isEqualTo(weights(folder.resolve("straight")));
    try (ModelFile file = ModelFile.open(folder.resolve("straight"));
        MaskedAutoencoder model = Reconstructor.model(file)) {
      PretrainedConfig config = Reconstructor.configuration(file);
      Reconstructor reconstructor = new Reconstructor(config, model, Placement.CPU);
      Frames clip = reconstructor.centreClip(Videos::open, plan.manifest().entries().get(0).file());

      assertThat(config.model().decoder().attention()).isEqualTo(DecoderAttention.CROSS);
      assertThat(reconstructor.reconstruct(clip, 0.75, 1).get(0).mask().hidden()).hasSize(48);
    }
    assertThatThrownBy(
            () -> SmallRun.run(SmallRun.plan(list), folder.resolve("straight"), new StopSignal()))
        .hasMessageContaining("decoder-mask.ratio: was 0.5, is 0.0")
        .hasMessageContaining("model.decoder.attention");
  }

  @Test
  void plan_tooShort_namesBothNumbers() {
    assertThatThrownBy(() -> SmallRun.plan(list, "train.epochs", "0.01"))
        .hasMessageContaining("0.01")
        .hasMessageContaining("50 videos");
  }

  private static Path withBroken(Path folder, int broken) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Manifest.Entry entry : Manifest.read(list).entries()) {
      lines.add(entry.file().toString());
    }
    for (int i = 0; i < broken; i++) {
      Path file = folder.resolve("broken%d.mp4".formatted(i));
      Files.writeString(file, "not a video");
      lines.add(i, file.toString());
    }
    return Files.write(folder.resolve("mixed.txt"), lines);
  }

  private static StepSink watch(Consumer<StepReport> watcher) {
    return new StepSink() {
      @Override
      public void accept(StepReport report) {
        watcher.accept(report);
      }

      @Override
      public void close() {}
    };
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> String.valueOf(f.getFileName())).sorted().toList();
    }
  }

  private static List<Double> losses(Path folder) throws IOException {
    return MetricsLog.read(folder.resolve("metrics.jsonl")).stream().map(StepReport::loss).toList();
  }

  private static byte[] moments(Path folder) throws IOException {
    return SavedTensors.bytes(folder.resolve("step-00000012/optimizer.safetensors"));
  }

  private static byte[] weights(Path folder) throws IOException {
    return SavedTensors.bytes(folder.resolve("step-00000012/model.safetensors"));
  }
}
