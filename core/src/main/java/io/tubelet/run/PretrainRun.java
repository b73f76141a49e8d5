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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sitting of a pre-training run: its parts, wired; begun afresh or from the last checkpoint;
 * logged, saved and, at its end, reported.
 */
public final class PretrainRun implements RunListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PretrainRun.class);

  /** Settings that a resumed run may change: they say how to compute, not what. */
  private static final Set<String> FREE =
      Set.of(
          "data.workers",
          "data.prefetch",
          "data.cache",
          "data.max-broken",
          "train.device",
          "train.activations",
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
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private int broken;

  /**
   * Gets everything ready; nothing is trained yet.
   *
   * @param path the run's folder; made where it is missing
   * @param start what is expected there
   * @param watchers hear of every update; the caller closes them
   * @throws io.tubelet.checkpoint.CheckpointException when the folder holds another run
   */
  public PretrainRun(RunPlan plan, Path path, Start start, List<StepSink> watchers)
      throws IOException {
    RunConfig config = plan.config();
    this.plan = plan;
    this.watchers = List.copyOf(watchers);
    folder = new RunFolder(path);
    placement = config.train().device().resolve();
    data = new DataSource(plan.manifest().digest(), plan.manifest().size());
    store = new CheckpointStore(path, config.train().keepLast(), true);
    folder.require(start);
    store.requireFreshOrSame(ConfigFormat.tree(config), data, start != Start.FRESH, FREE);
    Files.createDirectories(path);
    try (var scope = new TensorScope()) {
      own(folder.lock());
      Files.writeString(folder.config(), ConfigFormat.yaml(config));
      model =
          own(
              MaskedAutoencoder.fresh(
                  config.model(), config.train().compute(placement), config.seed()));
      optimizer = own(optimizer(model.parameters(), config.optimizer()));
      Optional<Checkpoint> from = store.latest();
      Progress progress = from.isPresent() ? restore(from.get()) : Progress.START;
      logs =
          List.of(
              own(MetricsLog.resume(folder.metrics(), progress.step())),
              own(TensorBoardWriter.resume(path, progress.step())));
      loader =
          own(
              new ClipLoader(
                  plan.manifest(),
                  Videos::open,
                  config.data(),
                  new BatchSpec(config.train().batch(), config.model().clip(), config.mask()),
                  new Seeds(config.seed()),
                  progress.cursor()));
      trainer =
          own(
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
                  this));
    } catch (IOException | RuntimeException failed) {
      closeAfter(failed);
      throw failed;
    }
  }

  /** Where the weights of a run in this folder come from, in words. */
  public static String startsFrom(Path path) throws IOException {
    return new CheckpointStore(path, 1, true)
        .latest()
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
    } catch (IOException | InterruptedException | RuntimeException failed) {
      try {
        loader.quarantine().write(folder.quarantine());
      } catch (IOException second) {
        failed.addSuppressed(second);
      }
      throw failed;
    }
    loader.quarantine().write(folder.quarantine());
    Verdict verdict = Verdict.of(MetricsLog.read(folder.metrics()), trainer.baseline());
    if (trainer.step() == plan.steps()) {
      Checkpoint last = store.latest().orElseThrow();
      new RunReport(plan, folder)
          .write(last, model, placement, shown, loader.quarantine().broken());
    }
    return new RunResult(folder.path(), trainer.step(), plan.steps(), verdict);
  }

  @Override
  public void onStep(long step) {
    watchers.forEach(watcher -> watcher.onStep(step));
  }

  @Override
  public void onReport(StepReport report) throws IOException {
    for (StepSink log : logs) {
      log.accept(report);
    }
    for (StepSink watcher : watchers) {
      watcher.accept(report);
    }
    if (loader.quarantine().count() > broken) {
      broken = loader.quarantine().count();
      loader.quarantine().write(folder.quarantine());
      LOG.warn("{} videos cannot be read and are left out, see {}", broken, folder.quarantine());
    }
  }

  @Override
  public void onCheckpoint(Progress progress, double loss) throws IOException {
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
            Map.of(Provenance.LOSS, loss),
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

  private <C extends AutoCloseable> C own(C part) {
    owned.push(part);
    return part;
  }

  /** Closes what was opened, the latest first; one failure does not keep the others open. */
  @Override
  public void close() throws IOException {
    IOException failed = new IOException("the run's files could not be closed");
    closeAfter(failed);
    if (failed.getSuppressed().length > 0) {
      throw failed;
    }
  }

  private void closeAfter(Exception failed) {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception second) {
        failed.addSuppressed(second);
      }
    }
  }
}
