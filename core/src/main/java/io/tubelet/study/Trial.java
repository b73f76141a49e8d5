package io.tubelet.study;

import io.tubelet.config.Backbone;
import io.tubelet.config.ConfigFormat;
import io.tubelet.config.FineTuneConfig;
import io.tubelet.data.ViewCount;
import io.tubelet.file.Sha256;
import io.tubelet.probe.FeatureExtraction;
import io.tubelet.probe.FeatureSet;
import io.tubelet.probe.ProbeData;
import io.tubelet.probe.ProbeKind;
import io.tubelet.report.MetricsLog;
import io.tubelet.report.StepReport;
import io.tubelet.report.StepSink;
import io.tubelet.report.Verdict;
import io.tubelet.run.FineTunePlan;
import io.tubelet.run.FineTuneResult;
import io.tubelet.run.FineTuneRun;
import io.tubelet.run.FrozenEncoder;
import io.tubelet.run.Pretraining;
import io.tubelet.run.PretrainingRun;
import io.tubelet.run.ProbeFeatures;
import io.tubelet.run.RunResult;
import io.tubelet.run.Start;
import io.tubelet.run.TrainedWeights;
import io.tubelet.study.Row.Beginning;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.TensorScope;
import io.tubelet.train.DeviceChoice;
import io.tubelet.train.StopSignal;
import io.tubelet.video.OpenOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row with a seed: pre-trained, probed and fine-tuned in a folder of its own.
 *
 * @param study what it is part of
 * @param row of the table
 * @param seed of all its trainings
 * @param folder of what it leaves
 * @param pretraining the run whose weights it starts from: its own, or that of an earlier row with
 *     the same pre-training; a file where the row gives one
 * @param architecture a pre-training whose encoder untrained ones are built after
 */
public record Trial(
    StudyConfig study, Row row, long seed, Path folder, Path pretraining, Path architecture) {
  static final String PRETRAINING = "pretraining";
  static final String FINE_TUNING = "fine-tuning";

  private static final ViewCount ONE_VIEW = new ViewCount(1, 1);
  private static final int PROBE_BATCH = 32;
  private static final double MIB = 1 << 20;

  /** What tells this trial from another, for the folder. */
  private String identity(StudyData data) throws IOException {
    Sha256 digest = new Sha256();
    for (String part :
        List.of(
            ConfigFormat.yaml(study.pretraining(row)),
            ConfigFormat.yaml(study.training(row)),
            row.checkpoint().orElse(""),
            study.probes() + " " + study.mirror(),
            row.beginning() + " " + seed,
            videos() + " " + labels(),
            data.digest())) {
      digest.add(ByteBuffer.wrap(part.getBytes(StandardCharsets.UTF_8)));
    }
    return digest.hex();
  }

  private double videos() {
    return row.share(Row.VIDEOS, study.videos());
  }

  private double labels() {
    return row.share(Row.LABELS, study.labels());
  }

  /**
   * Reads its recipes, without any video.
   *
   * @throws io.tubelet.config.ConfigException naming the key at fault
   */
  void requireReadable(StudyData all) throws IOException {
    StudyData data = all.part(videos(), labels(), seed);
    Optional<Backbone> backbone = Optional.empty();
    if (study.pretraining(row).wanted()) {
      backbone = Optional.of(Backbone.of(plan(data).weights()));
    }
    Stage stage = study.training(row);
    if (stage.wanted() && row.beginning() != Beginning.GIVEN) {
      int classes = data.train().classes().size();
      new FineTunePlan(
          FineTuneConfig.read(stage.recipe(), stage.overrides(seed), classes, backbone),
          data.train());
    }
  }

  private Pretraining plan(StudyData data) throws IOException {
    Stage stage = study.pretraining(row);
    return Pretraining.read(stage.recipe(), stage.overrides(seed), data.unlabelled());
  }

  /** What an earlier sitting left. */
  Optional<Outcome> found(StudyData data) throws IOException {
    return Outcome.read(file(), identity(data));
  }

  /**
   * Does what is still to be done, until asked to stop.
   *
   * @return what is known then
   */
  Outcome run(StudyData all, StudyProgress progress, StopSignal stop)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Outcome known = found(all).orElse(Outcome.begun(identity(all)));
    StudyData data = all.part(videos(), labels(), seed);
    for (Step step : steps()) {
      if (known.knows(step.measure()) || stop.isRequested()) {
        continue;
      }
      long begin = System.nanoTime();
      Optional<Outcome> more = step.work().on(known, data, progress, stop);
      double spent = (System.nanoTime() - begin) / 1e9;
      // A pre-training keeps its own time, as it may be that of several rows.
      known = more.orElse(known).after(step.measure().equals(Measure.LOSS) ? 0 : spent);
      known.write(file());
    }
    if (!known.complete() && steps().stream().map(Step::measure).allMatch(known::knows)) {
      known = known.completed();
      known.write(file());
    }
    return known;
  }

  private interface Work {
    /** What is known after it; empty when it was stopped. */
    Optional<Outcome> on(Outcome known, StudyData data, StudyProgress progress, StopSignal stop)
        throws IOException, InterruptedException;
  }

  /** Something to do, and the measure that tells that it is done. */
  private record Step(Measure measure, Work work) {}

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    boolean pretrained =
        row.beginning() == Beginning.PRETRAINED || row.beginning() == Beginning.GIVEN;
    if (row.beginning() == Beginning.PRETRAINED) {
      steps.add(new Step(Measure.LOSS, this::pretrain));
    }
    if (row.beginning() != Beginning.SCRATCH) {
      for (ProbeKind kind : study.probes()) {
        steps.add(
            new Step(
                Measure.probe(kind),
                (known, data, progress, stop) -> probe(kind, known, data, stop)));
      }
    }
    if (pretrained && study.fineTuning().wanted()) {
      steps.add(
          new Step(
              Measure.FINE_TUNED,
              (known, data, progress, stop) ->
                  train(Optional.of(pretraining), known, data, progress, stop)));
    }
    if (row.beginning() == Beginning.SCRATCH) {
      steps.add(
          new Step(
              Measure.FINE_TUNED,
              (known, data, progress, stop) ->
                  train(Optional.empty(), known, data, progress, stop)));
    }
    return steps;
  }

  private Optional<Outcome> pretrain(
      Outcome known, StudyData data, StudyProgress progress, StopSignal stop)
      throws IOException, InterruptedException {
    Pretraining plan = plan(data);
    try (StepSink watching = progress.training("pre-training", plan.training().progressLine());
        PretrainingRun run = plan.open(pretraining, Start.RESUME_IF_THERE, List.of(watching))) {
      RunResult result = run.run(stop, data.unlabelled());
      return result.finished()
          ? Optional.of(
              costs(known, plan)
                  .with(Measure.VIDEOS, data.unlabelled().size())
                  .with(Measure.PRETRAINING_MINUTES, seconds(pretraining) / 60)
                  .with(Measure.LOSS, result.verdict().finalLoss()))
          : Optional.empty();
    }
  }

  private static Outcome costs(Outcome known, Pretraining plan) {
    int batch = plan.training().train().batch();
    return known
        .with(Measure.MEMORY, plan.memory().ofBatch(batch) / MIB)
        .with(Measure.WORK, plan.flops().products() / 1e9);
  }

  /** Of the updates of a run, all its sittings together. */
  private static double seconds(Path run) throws IOException {
    List<StepReport> reports = MetricsLog.read(run.resolve("metrics.jsonl"));
    return reports.isEmpty() ? 0 : reports.get(reports.size() - 1).elapsedSeconds();
  }

  private Optional<Outcome> probe(ProbeKind kind, Outcome known, StudyData data, StopSignal stop)
      throws IOException, InterruptedException {
    Placement placement = new DeviceChoice("auto").resolve();
    try (var scope = new TensorScope();
        ProbeFeatures features = features(kind, placement)) {
      Optional<FeatureSet> train = features.of("train", data.train(), silently(), stop);
      Optional<FeatureSet> val = features.of("val", data.val(), silently(), stop);
      Optional<FeatureSet> test = features.of("test", data.test(), silently(), stop);
      if (train.isEmpty() || val.isEmpty() || test.isEmpty()) {
        return Optional.empty();
      }
      int classes = data.train().classes().size();
      double top1 =
          kind.probe(placement)
              .run(new ProbeData(train.get(), val.get(), test.get(), classes))
              .test()
              .top1();
      return Optional.of(known.with(Measure.probe(kind), top1));
    }
  }

  private static FeatureExtraction.Progress silently() {
    return (done, of) -> {};
  }

  private ProbeFeatures features(ProbeKind kind, Placement placement) throws IOException {
    Compute compute = new Compute(Precision.FP32, placement);
    FrozenEncoder encoder =
        row.beginning() == Beginning.UNTRAINED
            ? FrozenEncoder.untrained(architecture, compute, kind.ofTokens(), seed)
            : FrozenEncoder.open(pretraining, compute, kind.ofTokens());
    Path kept = folder.resolve(kind.ofTokens() ? "tokens" : "features");
    return new ProbeFeatures(
        encoder, ONE_VIEW, study.mirror(), kept, 0, PROBE_BATCH, OpenOptions.DEFAULT);
  }

  private Optional<Outcome> train(
      Optional<Path> weights,
      Outcome known,
      StudyData data,
      StudyProgress progress,
      StopSignal stop)
      throws IOException, InterruptedException {
    Stage stage = study.training(row);
    Optional<Backbone> backbone =
        weights.isPresent()
            ? Optional.of(TrainedWeights.backbone(weights.get()))
            : Optional.empty();
    int classes = data.train().classes().size();
    FineTunePlan plan =
        new FineTunePlan(
            FineTuneConfig.read(stage.recipe(), stage.overrides(seed), classes, backbone),
            data.train());
    Path run = folder.resolve(FINE_TUNING);
    try (StepSink watching = progress.training("fine-tuning", plan.training().progressLine());
        FineTuneRun sitting =
            new FineTuneRun(
                plan,
                data.test(),
                weights,
                run,
                Start.RESUME_IF_THERE,
                List.of(watching),
                look -> {})) {
      FineTuneResult result = sitting.run(stop);
      if (!result.finished()) {
        return Optional.empty();
      }
      double top1 =
          result
              .validation()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          stage.recipe() + ": validation.every-epochs leaves out the last epoch"))
              .top1()
              .share();
      double loss =
          Verdict.of(MetricsLog.read(run.resolve("metrics.jsonl")), Double.NaN).finalLoss();
      return Optional.of(
          known
              .with(Measure.LABELS, data.train().size())
              .with(Measure.TRAINING_LOSS, loss)
              .with(Measure.FINE_TUNED, top1));
    }
  }

  private Path file() {
    return folder.resolve("outcome.json");
  }
}
