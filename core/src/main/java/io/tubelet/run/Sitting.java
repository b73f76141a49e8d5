package io.tubelet.run;

import io.tubelet.checkpoint.Checkpoint;
import io.tubelet.checkpoint.Provenance;
import io.tubelet.checkpoint.TrainingState;
import io.tubelet.checkpoint.Versions;
import io.tubelet.config.ConfigFormat;
import io.tubelet.data.Batches;
import io.tubelet.data.Cursor;
import io.tubelet.data.Quarantine;
import io.tubelet.data.Seeds;
import io.tubelet.data.Stretch;
import io.tubelet.distributed.Ranks;
import io.tubelet.nn.Layer;
import io.tubelet.optim.AdamW;
import io.tubelet.optim.AdamWConfig;
import io.tubelet.report.MetricsLog;
import io.tubelet.report.StepReport;
import io.tubelet.report.StepSink;
import io.tubelet.report.TensorBoardWriter;
import io.tubelet.tensor.TensorScope;
import io.tubelet.train.OptimizerConfig;
import io.tubelet.train.Progress;
import io.tubelet.train.RankVerdicts;
import io.tubelet.train.Replicas;
import io.tubelet.train.RunListener;
import io.tubelet.train.StopSignal;
import io.tubelet.train.Trainer;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sitting of a training run, whatever is learnt: its parts, wired; begun afresh or from the
 * last checkpoint; logged and saved.
 */
final class Sitting implements RunListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sitting.class);

  private final RunRecords records;
  private final TrainingPlan plan;
  private final Subject<?> subject;
  private final List<StepSink> watchers;
  private final Owned owned = new Owned();
  private final AdamW optimizer;
  private final Batches loader;
  private final Trainer trainer;
  private final List<StepSink> logs;
  private int broken;

  /**
   * Gets everything ready; nothing is trained yet.
   *
   * @param records of the run; stay the caller's, as does the subject
   * @param watchers hear of every update; the caller closes them
   */
  Sitting(RunRecords records, TrainingPlan plan, Subject<?> subject, List<StepSink> watchers)
      throws IOException {
    this.records = records;
    this.plan = plan;
    this.subject = subject;
    this.watchers = List.copyOf(watchers);
    try (var scope = new TensorScope()) {
      optimizer = owned.add(optimizer(subject, plan, records.ranks()));
      Optional<Checkpoint> from = records.store().latest();
      Progress progress = from.isPresent() ? restore(from.get()) : Progress.START;
      records.begin(); // not before the weights fit: what failed may be tried again
      logs = records.ranks().isFirst() ? logs(progress.step()) : List.of();
      loader = owned.add(batches(progress.cursor()));
      trainer =
          owned.add(
              new Trainer(
                  plan.train(),
                  owned.add(replicas(subject, plan, records, optimizer)),
                  loader,
                  optimizer,
                  plan.learningRate(),
                  plan.steps(),
                  plan.stepsPerEpoch(),
                  records.placement(),
                  records.ranks(),
                  progress,
                  this));
    } catch (IOException | RuntimeException failed) {
      owned.closeAfter(failed);
      throw failed;
    }
  }

  private List<StepSink> logs(long step) throws IOException {
    TensorBoardWriter curves = owned.add(TensorBoardWriter.resume(records.folder().path(), step));
    subject.resume(step, curves);
    return List.of(owned.add(MetricsLog.resume(records.folder().metrics(), step)), curves);
  }

  private Batches batches(Cursor from) {
    Ranks ranks = records.ranks();
    return Batches.open(
        plan.manifest(),
        plan.data(),
        subject.batches(),
        new Seeds(records.seed()),
        from,
        new Stretch(ranks.rank(), ranks.size(), subject.mixesPairs()),
        new RankVerdicts(ranks),
        ranks.share(Runtime.getRuntime().availableProcessors()));
  }

  /** Ranks that do not share its state each keep all of it. */
  private static AdamW optimizer(Subject<?> subject, TrainingPlan plan, Ranks ranks) {
    OptimizerConfig config = plan.optimizer();
    return new AdamW(
        subject.parameters(),
        subject.groups(),
        new AdamWConfig(config.beta1(), config.beta2(), config.eps(), config.clipNorm()),
        plan.train().shardOptimizer() ? ranks : Ranks.alone());
  }

  private static <M extends Layer> Replicas<M> replicas(
      Subject<M> subject, TrainingPlan plan, RunRecords records, AdamW optimizer) {
    return new Replicas<>(
        subject.task(),
        subject.model(),
        subject::another,
        plan.split(records.placement(), subject.model().parameterCount(), records.ranks().size()),
        optimizer,
        records.ranks(),
        plan.train().gradientCompression());
  }

  private Progress restore(Checkpoint from) throws IOException {
    optimizer.restore(
        moments -> from.copyInto(subject.weights(), withMemory(moments, subject.memory())));
    return ConfigFormat.bind(from.progress(), Progress.class, from.folder().toString());
  }

  /** What the optimizer and the subject need to go on. */
  private static Map<String, Tensor> withMemory(
      Map<String, Tensor> moments, Map<String, Tensor> memory) {
    Map<String, Tensor> state = new LinkedHashMap<>(moments);
    state.putAll(memory);
    return state;
  }

  /** Trains to the end or until asked to stop; what could not be read is listed in any case. */
  void run(StopSignal stop) throws IOException, InterruptedException {
    try {
      trainer.run(stop);
    } catch (IOException | InterruptedException | RuntimeException failed) {
      try {
        writeQuarantine();
      } catch (IOException second) {
        failed.addSuppressed(second);
      }
      throw failed;
    }
    writeQuarantine();
    records.ranks().barrier(); // whoever leaves now leaves nobody waiting
  }

  private void writeQuarantine() throws IOException {
    if (records.ranks().isFirst()) {
      loader.quarantine().write(records.folder().quarantine());
    }
  }

  /** Updates done so far. */
  long step() {
    return trainer.step();
  }

  /** Whether the last update is done. */
  boolean finished() {
    return trainer.step() == plan.steps();
  }

  /** Loss of a predictor that knows nothing. */
  double baseline() {
    return trainer.baseline();
  }

  Quarantine quarantine() {
    return loader.quarantine();
  }

  @Override
  public boolean onBegin(long step) throws IOException, InterruptedException {
    return subject.onBegin(step);
  }

  @Override
  public boolean onStep(long step) throws IOException, InterruptedException {
    watchers.forEach(watcher -> watcher.onStep(step));
    return subject.onStep(step);
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
      writeQuarantine();
      LOG.warn(
          "{} videos cannot be read and are left out, see {}",
          broken,
          records.folder().quarantine());
    }
  }

  @Override
  public void onCheckpoint(Progress progress, double loss) throws IOException {
    try (var scope = new TensorScope()) {
      Map<String, Tensor> moments = optimizer.state(); // of all ranks, where they share it out
      if (records.ranks().isFirst()) {
        save(progress, loss, withMemory(moments, subject.memory()));
      }
    }
  }

  private void save(Progress progress, double loss, Map<String, Tensor> state) throws IOException {
    Map<String, Double> metrics = new LinkedHashMap<>(subject.metrics());
    metrics.put(Provenance.LOSS, loss);
    Provenance provenance =
        new Provenance(
            ConfigFormat.tree(records.configuration()),
            records.seed(),
            progress.step(),
            progress.step() * plan.train().effectiveBatch(),
            records.data(),
            plan.train().precision().name(),
            records.placement().toString(),
            subject.startedFrom(),
            metrics,
            Versions.current(),
            Instant.now());
    records
        .store()
        .save(
            new TrainingState(
                subject.description(), subject.weights(), state, ConfigFormat.tree(progress)),
            provenance);
  }

  @Override
  public void close() throws IOException {
    owned.close();
  }
}
