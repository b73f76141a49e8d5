package io.tubelet.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.checkpoint.Provenance;
import io.tubelet.config.ConfigFormat;
import io.tubelet.config.FineTuneConfig;
import io.tubelet.data.BatchSpec;
import io.tubelet.data.DataException;
import io.tubelet.data.Seeds;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.evaluate.Evaluation;
import io.tubelet.evaluate.Missing;
import io.tubelet.model.VideoClassifier;
import io.tubelet.optim.LayerDecay;
import io.tubelet.optim.MovingAverage;
import io.tubelet.optim.ParameterGroup;
import io.tubelet.report.TensorBoardWriter;
import io.tubelet.report.Validation;
import io.tubelet.report.ValidationLog;
import io.tubelet.train.FineTuneTask;
import io.tubelet.train.StopSignal;
import io.tubelet.train.Task;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A classifier that learns from labels, and is looked at now and then. For one thread. */
final class FineTuning implements Subject<VideoClassifier>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FineTuning.class);
  private static final String TRAINED = "trained.";

  private final FineTunePlan plan;
  private final LabelledVideos validation;
  private final VideoClassifier model;
  private final String startedFrom;
  private final RunRecords records;
  private final Consumer<Validation> watcher;
  private final @Nullable MovingAverage average;
  private @Nullable ValidationLog log;
  private @Nullable TensorBoardWriter curves;
  private StopSignal stop = new StopSignal();
  private final Set<String> unreadable = new HashSet<>();
  private @Nullable Evaluation last; // of the present weights

  /**
   * @param validation videos to look at
   * @param startedFrom where the model's first weights came from
   * @param watcher hears of every look
   */
  FineTuning(
      FineTunePlan plan,
      LabelledVideos validation,
      VideoClassifier model,
      String startedFrom,
      RunRecords records,
      Consumer<Validation> watcher) {
    this.plan = plan;
    this.validation = validation;
    this.model = model;
    this.startedFrom = startedFrom;
    this.records = records;
    this.watcher = watcher;
    double decay = plan.config().averaging();
    average = decay > 0 ? new MovingAverage(model.parameters(), decay) : null;
  }

  /** Looks are broken off when this is given. */
  void until(StopSignal signal) {
    stop = signal;
  }

  /** The look at the validation videos with the present weights, if there was one. */
  Optional<Evaluation> lastLook() {
    return Optional.ofNullable(last);
  }

  @Override
  public VideoClassifier model() {
    return model;
  }

  @Override
  public VideoClassifier another() {
    FineTuneConfig config = plan.config();
    return new VideoClassifier(config.model(), config.train().compute(records.placement()));
  }

  @Override
  public List<ParameterGroup> groups() {
    FineTuneConfig config = plan.config();
    return new LayerDecay(config.layerDecay(), config.model().encoder().depth())
        .groups(parameters(), config.optimizer().decayRule(), config.optimizer().weightDecay());
  }

  @Override
  public Task<VideoClassifier> task() {
    FineTuneConfig config = plan.config();
    return new FineTuneTask(
        plan.data().labels(),
        config.model().classes(),
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
  public boolean mixesPairs() {
    return plan.config().supervision().mix().mixes();
  }

  @Override
  public JsonNode description() {
    return ConfigFormat.tree(plan.trained());
  }

  @Override
  public String startedFrom() {
    return startedFrom;
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
  public void resume(long step, TensorBoardWriter scalars) throws IOException {
    curves = scalars;
    log = ValidationLog.resume(records.folder().validation(), step);
  }

  /** Makes up for a look that a stop broke off; a finished run is looked at again for its page. */
  @Override
  public boolean onBegin(long step) throws IOException, InterruptedException {
    if (step == 0 || !isDue(step)) {
      return false;
    }
    boolean noted =
        ValidationLog.read(records.folder().validation()).stream()
            .anyMatch(look -> look.step() == step);
    if (!noted) {
      return look(step);
    }
    if (step == plan.training().steps()) {
      last = evaluate();
    }
    return false;
  }

  @Override
  public boolean onStep(long step) throws IOException, InterruptedException {
    if (average != null) {
      average.update();
    }
    last = null;
    return isDue(step) && look(step);
  }

  private boolean isDue(long step) {
    return step % plan.validationSteps() == 0 || step == plan.training().steps();
  }

  /** Whether the look was not broken off. */
  private boolean look(long step) throws IOException, InterruptedException {
    Evaluation evaluation = evaluate();
    if (evaluation == null) {
      return false;
    }
    last = evaluation;
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
    if (curves != null) {
      curves.accept(entry);
    }
    watcher.accept(entry);
    return true;
  }

  /** Scores the validation videos with the weights to be used later; null when asked to stop. */
  private @Nullable Evaluation evaluate() throws IOException, InterruptedException {
    FineTuneConfig config = plan.config();
    Evaluator evaluator =
        new Evaluator(
            config.data().opener(),
            model,
            config.pixels(),
            config.validation().views(),
            records.placement(),
            config.data().workers(),
            config.train().batch(),
            records.ranks());
    swap();
    try {
      Evaluation evaluation = evaluator.evaluate(validation, true, stop, done -> {});
      requireFewMissing(evaluation);
      return evaluation;
    } catch (InterruptedException e) {
      if (records.ranks().any(stop.isRequested())) {
        return null; // the run is saved without it
      }
      throw e;
    } finally {
      swap();
    }
  }

  /** Few broken videos are no reason to lose a training; they are named, and counted in reports. */
  private void requireFewMissing(Evaluation evaluation) throws DataException {
    List<Missing> missing = evaluation.missing();
    double allowed = plan.config().data().maxBroken();
    if (missing.size() > allowed * evaluation.listed()) {
      throw new DataException(
          "%s: %d of %d validation videos cannot be read, data.max-broken allows %.1f %%; among them %s (%s)"
              .formatted(
                  validation.manifest().source(),
                  missing.size(),
                  evaluation.listed(),
                  100 * allowed,
                  missing.get(0).name(),
                  missing.get(0).reason()));
    }
    for (Missing video : missing) {
      if (unreadable.add(video.name())) {
        LOG.warn("{} is left out of the validation: {}", video.name(), video.reason());
      }
    }
  }

  private void swap() {
    if (average != null) {
      average.swap();
    }
  }

  @Override
  public Map<String, Double> metrics() {
    if (last == null) {
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
