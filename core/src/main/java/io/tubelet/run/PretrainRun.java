package io.tubelet.run;

import io.tubelet.checkpoint.Checkpoint;
import io.tubelet.checkpoint.CheckpointStore;
import io.tubelet.checkpoint.DataSource;
import io.tubelet.checkpoint.Provenance;
import io.tubelet.checkpoint.TrainingState;
import io.tubelet.checkpoint.Versions;
import io.tubelet.config.ConfigFormat;
import io.tubelet.config.PretrainedConfig;
import io.tubelet.config.RunConfig;
import io.tubelet.data.BatchSpec;
import io.tubelet.data.ClipLoader;
import io.tubelet.data.Manifest;
import io.tubelet.data.Seeds;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.objective.Reconstruction;
import io.tubelet.optim.AdamW;
import io.tubelet.optim.AdamWConfig;
import io.tubelet.report.MetricsLog;
import io.tubelet.report.StepReport;
import io.tubelet.report.StepSink;
import io.tubelet.report.TensorBoardWriter;
import io.tubelet.report.Verdict;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import io.tubelet.train.OptimizerConfig;
import io.tubelet.train.PretrainTask;
import io.tubelet.train.Progress;
import io.tubelet.train.RunListener;
import io.tubelet.train.StopSignal;
import io.tubelet.train.Trainer;
import io.tubelet.video.Videos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * One sitting of a pre-training run: its parts, wired; begun afresh or from the last checkpoint;
 * logged, saved and, at its end, reported.
 */
public final class PretrainRun implements RunListener, AutoCloseable {
  /** Settings that a resumed run may change: they cannot change its result. */
  private static final Set<String> FREE =
      Set.of(
          "data.workers",
          "data.prefetch",
          "data.cache",
          "train.device",
          "train.log-every",
          "train.checkpoint-every",
          "train.keep-last",
          "train.max-skipped-steps");

  private final RunPlan plan;
  private final RunFolder folder;
  private final DataSource data;
  private final CheckpointStore store;
  private final Placement placement;
  private final MaskedAutoencoder model;
  private final AdamW optimizer;
  private final ClipLoader loader;
  private final Trainer trainer;
  private final List<StepSink> logs;
  private final List<StepSink> watchers;

  /**
   * Gets everything ready; nothing is trained yet.
   *
   * @param path the run's folder; made where it is missing
   * @param resume go on from the newest checkpoint there, where there is one
   * @param watchers hear of every line of the log; the caller closes them
   * @throws io.tubelet.checkpoint.CheckpointException when the folder holds another run
   */
  public PretrainRun(RunPlan plan, Path path, boolean resume, List<StepSink> watchers)
      throws IOException {
    RunConfig config = plan.config();
    this.plan = plan;
    folder = new RunFolder(path);
    data = new DataSource(plan.manifest().digest(), plan.manifest().size());
    store = new CheckpointStore(path, config.train().keepLast(), true);
    store.requireFreshOrSame(ConfigFormat.tree(config), data, resume, FREE);
    Files.createDirectories(path);
    Files.writeString(folder.config(), ConfigFormat.yaml(config));

    placement = config.train().device().resolve();
    model =
        MaskedAutoencoder.fresh(config.model(), config.train().compute(placement), config.seed());
    optimizer = optimizer(model.parameters(), config.optimizer());
    Optional<Checkpoint> from = resume ? store.latest() : Optional.empty();
    Progress progress = from.isPresent() ? restore(from.get()) : Progress.START;

    this.watchers = List.copyOf(watchers);
    logs =
        List.of(
            MetricsLog.resume(folder.metrics(), progress.step()),
            TensorBoardWriter.resume(path, progress.step()));
    loader =
        new ClipLoader(
            plan.manifest(),
            Videos::open,
            config.data(),
            new BatchSpec(config.train().batch(), config.model().clip(), config.mask()),
            new Seeds(config.seed()),
            progress.cursor());
    trainer =
        new Trainer(
            config.train(),
            new PretrainTask(model, objective(config), placement),
            loader,
            optimizer,
            plan.learningRate(),
            plan.steps(),
            plan.stepsPerEpoch(),
            placement,
            progress,
            this);
  }

  /** Where the weights of a run in this folder come from, in words. */
  public static String startsFrom(Path path, boolean resume) throws IOException {
    Optional<Checkpoint> there =
        resume ? new CheckpointStore(path, 1, true).latest() : Optional.empty();
    return there
        .map(c -> "the checkpoint " + c.folder())
        .orElse("fresh weights, drawn from the seed");
  }

  /**
   * Trains to the end or until asked to stop; at the end, writes the report.
   *
   * @param shown videos of which the report shows reconstructions
   */
  public RunResult run(StopSignal stop, Manifest shown) throws IOException, InterruptedException {
    try {
      trainer.run(stop);
    } finally {
      loader.quarantine().write(folder.quarantine());
    }
    Verdict verdict = Verdict.of(MetricsLog.read(folder.metrics()), trainer.baseline());
    if (trainer.step() == plan.steps()) {
      Checkpoint last = store.latest().orElseThrow();
      new RunReport(plan, folder)
          .write(last, model, placement, shown, loader.quarantine().broken());
    }
    return new RunResult(folder.path(), trainer.step(), plan.steps(), verdict);
  }

  @Override
  public void onReport(StepReport report) throws IOException {
    for (StepSink log : logs) {
      log.accept(report);
    }
    for (StepSink watcher : watchers) {
      watcher.accept(report);
    }
  }

  @Override
  public void onCheckpoint(Progress progress, double lastLoss) throws IOException {
    RunConfig config = plan.config();
    Provenance provenance =
        new Provenance(
            ConfigFormat.tree(config),
            config.seed(),
            progress.step(),
            progress.step() * config.train().effectiveBatch(),
            data,
            config.train().precision().name(),
            placement.toString(),
            "scratch",
            Map.of(Provenance.LOSS, lastLoss),
            Versions.current(),
            Instant.now());
    try (var scope = new TensorScope()) {
      store.save(
          new TrainingState(
              ConfigFormat.tree(PretrainedConfig.of(config)),
              model.parameters(),
              optimizer.state(),
              ConfigFormat.tree(progress)),
          provenance);
    }
  }

  private Progress restore(Checkpoint from) throws IOException {
    try (var scope = new TensorScope()) {
      from.copyInto(model.parameters(), optimizer.state());
    }
    return ConfigFormat.bind(from.progress(), Progress.class, from.folder().toString());
  }

  private static AdamW optimizer(Map<String, Tensor> parameters, OptimizerConfig config) {
    return new AdamW(
        parameters,
        config.decayRule().groups(parameters, config.weightDecay()),
        new AdamWConfig(config.beta1(), config.beta2(), config.eps(), config.clipNorm()));
  }

  static Reconstruction objective(RunConfig config) {
    return new Reconstruction(config.model().predicted(), config.target(), config.pixels());
  }

  @Override
  public void close() throws IOException {
    trainer.close();
    loader.close();
    for (StepSink log : logs) {
      log.close();
    }
    optimizer.close();
    model.close();
  }
}
