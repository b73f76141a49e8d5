package io.tubelet.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.checkpoint.Provenance;
import io.tubelet.config.ConfigFormat;
import io.tubelet.config.FineTuneConfig;
import io.tubelet.data.BatchSpec;
import io.tubelet.data.Seeds;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.evaluate.Evaluation;
import io.tubelet.model.VideoClassifier;
import io.tubelet.optim.LayerDecay;
import io.tubelet.optim.MovingAverage;
import io.tubelet.optim.ParameterGroup;
import io.tubelet.report.Validation;
import io.tubelet.report.ValidationLog;
import io.tubelet.train.FineTuneTask;
import io.tubelet.train.StopSignal;
import io.tubelet.train.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** A classifier that learns from labels, and is looked at now and then. For one thread. */
final class FineTuning implements Subject, AutoCloseable {
  private static final String TRAINED = "trained.";

  private final FineTunePlan plan;
  private final LabelledVideos validation;
  private final VideoClassifier model;
  private final Optional<Path> checkpoint;
  private final RunRecords records;
  private final Consumer<Validation> watcher;
  private final @Nullable MovingAverage average;
  private @Nullable ValidationLog log;
  private StopSignal stop = new StopSignal();
  private @Nullable Evaluation last;
  private boolean fresh; // whether `last` is of the present weights

  /**
   * @param validation videos to look at
   * @param checkpoint where the model's weights came from
   * @param watcher hears of every look
   */
  FineTuning(
      FineTunePlan plan,
      LabelledVideos validation,
      VideoClassifier model,
      Optional<Path> checkpoint,
      RunRecords records,
      Consumer<Validation> watcher) {
    this.plan = plan;
    this.validation = validation;
    this.model = model;
    this.checkpoint = checkpoint;
    this.records = records;
    this.watcher = watcher;
    double decay = plan.config().averaging();
    average = decay > 0 ? new MovingAverage(model.parameters(), decay) : null;
  }

  /** Looks are broken off when this is given. */
  void until(StopSignal signal) {
    stop = signal;
  }

  /** The last look at the validation videos, if there was one in this sitting. */
  Optional<Evaluation> lastLook() {
    return Optional.ofNullable(last);
  }

  @Override
  public Map<String, Tensor> parameters() {
    return model.parameters();
  }

  @Override
  public List<ParameterGroup> groups() {
    FineTuneConfig config = plan.config();
    return new LayerDecay(config.layerDecay(), config.model().encoder().depth())
        .groups(parameters(), config.optimizer().decayRule(), config.optimizer().weightDecay());
  }

  @Override
  public Task task() {
    FineTuneConfig config = plan.config();
    return new FineTuneTask(
        model,
        plan.data().labels(),
        config.pixels(),
        config.supervision(),
        new Seeds(config.seed()),
        records.placement());
  }

  @Override
  public BatchSpec batches() {
    FineTuneConfig config = plan.config();
    return BatchSpec.whole(
        config.train().batch(), config.model().clip(), config.supervision().randAugment());
  }

  @Override
  public JsonNode description() {
    return ConfigFormat.tree(plan.trained());
  }

  @Override
  public String startedFrom() {
    return checkpoint.map(Path::toString).orElse("scratch");
  }

  /** The averages where they are kept; the trained weights then count among the memory. */
  @Override
  public Map<String, Tensor> weights() {
    return average == null ? parameters() : average.averages();
  }

  @Override
  public Map<String, Tensor> memory() {
    Map<String, Tensor> memory = new LinkedHashMap<>();
    if (average != null) {
      parameters().forEach((name, weight) -> memory.put(TRAINED + name, weight));
    }
    return memory;
  }

  @Override
  public void resume(long step) throws IOException {
    log = ValidationLog.resume(records.folder().validation(), step);
  }

  @Override
  public boolean onStep(long step) throws IOException, InterruptedException {
    if (average != null) {
      average.update();
    }
    fresh = false;
    boolean due = step % plan.validationSteps() == 0 || step == plan.training().steps();
    return due && look(step);
  }

  /** Whether the look was not broken off. */
  private boolean look(long step) throws IOException, InterruptedException {
    Evaluation evaluation = evaluate();
    if (evaluation == null) {
      return false;
    }
    last = evaluation;
    fresh = true;
    Validation entry =
        new Validation(
            step,
            step / plan.training().stepsPerEpoch(),
            evaluation.top1().share(),
            evaluation.top5().share(),
            evaluation.logLoss());
    if (log != null) {
      log.accept(entry);
    }
    watcher.accept(entry);
    return true;
  }

  private @Nullable Evaluation evaluate() throws IOException, InterruptedException {
    FineTuneConfig config = plan.config();
    Evaluator evaluator =
        new Evaluator(
            model,
            config.pixels(),
            config.validation().views(),
            records.placement(),
            config.data().workers(),
            config.train().batch());
    swap();
    try {
      return evaluator.evaluate(validation, false, stop, done -> {});
    } catch (InterruptedException e) {
      if (stop.isRequested()) {
        return null; // the run is saved without it
      }
      throw e;
    } finally {
      swap();
    }
  }

  private void swap() {
    if (average != null) {
      average.swap();
    }
  }

  @Override
  public Map<String, Double> metrics() {
    if (last == null || !fresh) {
      return Map.of(Provenance.ERROR, Double.NaN);
    }
    return Map.of(Provenance.ERROR, 1 - last.top1().share(), "validation-log-loss", last.logLoss());
  }

  @Override
  public void close() throws IOException {
    if (log != null) {
      log.close();
    }
    if (average != null) {
      average.close();
    }
  }
}
