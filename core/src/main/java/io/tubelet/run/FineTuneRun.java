package io.tubelet.run;

import io.tubelet.checkpoint.Checkpoint;
import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.checkpoint.ModelFile;
import io.tubelet.checkpoint.Provenance;
import io.tubelet.config.ConfigFormat;
import io.tubelet.config.FineTuneConfig;
import io.tubelet.config.FineTunedConfig;
import io.tubelet.convert.ForeignWeights;
import io.tubelet.convert.LoadReport;
import io.tubelet.convert.LoadRequest;
import io.tubelet.convert.ModelConfig;
import io.tubelet.convert.StrictLoading;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.distributed.Ranks;
import io.tubelet.model.VideoClassifier;
import io.tubelet.report.StepSink;
import io.tubelet.report.Validation;
import io.tubelet.tensor.TensorScope;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One sitting of a training with labels; at the run's end, its report. */
public final class FineTuneRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FineTuneRun.class);

  private final FineTunePlan plan;
  private final LabelledVideos validation;
  private final RunRecords records;
  private final FineTuning subject;
  private final Sitting sitting;
  private final Owned owned = new Owned();

  /**
   * Gets everything ready; nothing is trained yet.
   *
   * @param validation videos to look at meanwhile, of the same classes
   * @param checkpoint pre-trained weights; nothing to begin from fresh ones
   * @param path the run's folder; made where it is missing
   * @param start what is expected there
   * @param watchers hear of every update; the caller closes them
   * @param looks hears of every look at the validation videos
   * @throws CheckpointException when the folder holds another run, or the weights do not fit the
   *     model
   * @throws io.tubelet.data.DataException when the validation videos are of more or fewer classes
   */
  public FineTuneRun(
      FineTunePlan plan,
      LabelledVideos validation,
      Optional<Path> checkpoint,
      Path path,
      Start start,
      List<StepSink> watchers,
      Consumer<Validation> looks)
      throws IOException {
    this(plan, validation, checkpoint, path, start, watchers, looks, Ranks.alone());
  }

  /**
   * As one of several processes that train together.
   *
   * @param ranks all of them; stay the caller's
   */
  public FineTuneRun(
      FineTunePlan plan,
      LabelledVideos validation,
      Optional<Path> checkpoint,
      Path path,
      Start start,
      List<StepSink> watchers,
      Consumer<Validation> looks,
      Ranks ranks)
      throws IOException {
    FineTuneConfig config = plan.config();
    validation.requireClasses(config.model().classes());
    this.plan = plan;
    this.validation = validation;
    records =
        owned.add(
            RunRecords.open(
                path, start, plan.training(), validation.manifest(), config, config.seed(), ranks));
    try (var scope = new TensorScope()) {
      VideoClassifier model =
          owned.add(
              VideoClassifier.fresh(
                  config.model(), config.train().compute(records.placement()), config.seed()));
      Optional<Checkpoint> begun = records.store().latest();
      if (begun.isPresent()) {
        requireSameClasses(begun.get(), plan.trained());
      } else if (checkpoint.isPresent()) {
        load(checkpoint.get(), model, plan.trained());
      }
      String startedFrom =
          begun
              .map(saved -> saved.provenance().startedFrom())
              .orElse(checkpoint.map(Path::toString).orElse("scratch"));
      subject = owned.add(new FineTuning(plan, validation, model, startedFrom, records, looks));
      sitting = owned.add(new Sitting(records, plan.training(), subject, watchers));
    } catch (IOException | RuntimeException failed) {
      owned.closeAfter(failed);
      throw failed;
    }
  }

  /** Names are not among the settings of a run, but its weights carry them. */
  private static void requireSameClasses(Checkpoint saved, FineTunedConfig wanted)
      throws IOException {
    try (ModelFile model = saved.model()) {
      List<String> before =
          ConfigFormat.bind(model.configuration(), FineTunedConfig.class, saved.folder().toString())
              .labels();
      List<String> now = wanted.labels();
      for (int k = 0; k < now.size(); k++) {
        if (!now.get(k).equals(before.get(k))) {
          throw new CheckpointException(
              saved.folder(),
              "calls class %d '%s', now it is '%s'; resume with the same class list"
                  .formatted(k, before.get(k), now.get(k)));
        }
      }
    }
  }

  private static void load(Path checkpoint, VideoClassifier model, FineTunedConfig wanted)
      throws IOException {
    try (var scope = new TensorScope();
        ForeignWeights weights = ForeignWeights.open(checkpoint)) {
      LoadReport report =
          StrictLoading.into(
              model,
              new ModelConfig.Classifier(wanted),
              weights,
              LoadRequest.forTraining(weights.config()));
      report.lines().forEach(line -> LOG.info("{}", line));
    }
  }

  /** Where the weights of a run in this folder come from, in words. */
  public static String startsFrom(Path path, Optional<Path> checkpoint) throws IOException {
    return RunRecords.startsFrom(
        path, checkpoint.map(Path::toString).orElse("fresh weights, drawn from the seed"));
  }

  /**
   * Trains to the end or until asked to stop.
   *
   * @throws io.tubelet.data.DataException when more training or validation videos cannot be read
   *     than {@code data.max-broken} allows
   */
  public FineTuneResult run(StopSignal stop) throws IOException, InterruptedException {
    subject.until(stop);
    sitting.run(stop);
    if (sitting.finished() && records.ranks().isFirst()) {
      Provenance provenance = records.store().latest().orElseThrow().provenance();
      new FineTunePage(plan, records.folder())
          .write(provenance, subject.lastLook(), validation, sitting.quarantine().broken());
    }
    return new FineTuneResult(
        records.folder().path(),
        sitting.step(),
        plan.training().steps(),
        best(),
        subject.lastLook());
  }

  private Optional<Path> best() throws IOException {
    return records
        .store()
        .best()
        .filter(saved -> saved.provenance().metrics().containsKey(Provenance.ERROR))
        .map(Checkpoint::folder);
  }

  @Override
  public void close() throws IOException {
    owned.close();
  }
}
