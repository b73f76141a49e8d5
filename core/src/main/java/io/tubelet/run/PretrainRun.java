package io.tubelet.run;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.tubelet.data.Seeds;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.objective.Reconstruction;
import io.tubelet.optim.AdamW;
import io.tubelet.optim.AdamWConfig;
import io.tubelet.report.MetricsLog;
import io.tubelet.report.StepReport;
import io.tubelet.report.StepSink;
import io.tubelet.report.TensorBoardWriter;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * One sitting of a pre-training run: its parts, wired; begun afresh or from the last checkpoint;
 * logged, saved and, at its end, reported.
 */
public final class PretrainRun implements RunListener, AutoCloseable {
  private final RunPlan plan;
  private final RunFolder folder;
  private final DataSource data;
  private final CheckpointStore store;
  private final Placement placement;
  private final MaskedAutoencoder model;
  private final AdamW optimizer;
  private final ClipLoader loader;
  private final Trainer trainer;
  private final List<StepSink> sinks = new ArrayList<>();

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
    store.requireFreshOrSame(ConfigFormat.tree(config), data, resume);
    Files.createDirectories(path);
    Files.writeString(folder.config(), ConfigFormat.yaml(config));

    placement = config.train().device().resolve();
    model =
        new MaskedAutoencoder(
            config.model(), new Compute(config.train().precision(), placement));
    config.model().initialisation().fill(model, config.seed());
    optimizer = optimizer(model.parameters(), config.optimizer());
    Optional<Checkpoint> from = resume ? store.latest() : Optional.empty();
    Progress progress = from.isPresent() ? restore(from.get()) : Progress.START;

    sinks.add(MetricsLog.resume(folder.metrics(), progress.step()));
    sinks.add(TensorBoardWriter.resume(path, progress.step()));
    sinks.addAll(watchers);
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

  /** Trains to the end or until asked to stop, and writes the report. */
  public RunResult run(StopSignal stop) throws IOException, InterruptedException {
    try {
      trainer.run(stop);
    } finally {
      loader.quarantine().write(folder.quarantine());
    }
    boolean finished = trainer.step() == plan.steps();
    if (finished) {
      new RunReport(plan, folder, store).write(model);
    }
    return new RunResult(plan, folder, trainer.step(), finished);
  }

  @Override
  public void onReport(StepReport report) throws IOException {
    for (StepSink sink : sinks) {
      sink.accept(report);
    }
  }

  @Override
  public void onCheckpoint(Progress progress, double lastLoss) throws IOException {
    RunConfig config = plan.config();
    store.save(
        new TrainingState(
            ConfigFormat.tree(PretrainedConfig.of(config)),
            model.parameters(),
            optimizer.state(),
            ConfigFormat.tree(progress)),
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
            Instant.now()));
  }

  private Progress restore(Checkpoint from) throws IOException {
    from.copyInto(model.parameters(), optimizer.state());
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
    sinks.get(0).close();
    sinks.get(1).close();
    optimizer.close();
    model.close();
  }
}
