package io.tubelet.run;

import io.tubelet.config.ConfigException;
import io.tubelet.config.FineTuneConfig;
import io.tubelet.config.FineTunedConfig;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.model.Flops;
import io.tubelet.model.TrainingMemory;
import io.tubelet.model.VideoClassifier;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.TensorScope;
import io.tubelet.train.ScheduleKind;

/**
 * What the configuration of a training with labels means for a data set.
 *
 * @param config the run
 * @param data its labelled videos
 * @param training how long and how fast
 */
public record FineTunePlan(FineTuneConfig config, LabelledVideos data, TrainingPlan training) {

  public FineTunePlan {
    if (config.model().classes() != data.classes().size()) {
      throw new ConfigException(
          "model.classes is %d, but %s has %d classes"
              .formatted(
                  config.model().classes(), data.manifest().source(), data.classes().size()));
    }
  }

  /**
   * Draws the plan.
   *
   * @throws ConfigException when the run would make no update
   */
  public FineTunePlan(FineTuneConfig config, LabelledVideos data) {
    this(
        config,
        data,
        new TrainingPlan(
            data.manifest(), config.data(), config.optimizer(), config.train(), lrBatch(config)));
  }

  /** Clips of an update for mae_st; VideoMAE counts videos here, however many clips each gives. */
  private static int lrBatch(FineTuneConfig config) {
    int clips = config.train().effectiveBatch();
    return config.optimizer().schedule() == ScheduleKind.MAE_ST
        ? clips
        : clips / config.data().repeats();
  }

  /** What travels with the weights that this run makes. */
  FineTunedConfig trained() {
    return new FineTunedConfig(
        config.model(),
        config.pixels(),
        config.data().sampling(),
        config.data().shortSide(),
        data.classes().names());
  }

  /** Updates from one look at the validation videos to the next. */
  public long validationSteps() {
    double steps = config.validation().everyEpochs() * training.stepsPerEpoch();
    return Math.max(1, Math.round(steps));
  }

  /** The plan for a person, before anything is started. */
  public String describe(String startsFrom) {
    long parameters = parameters();
    TrainingMemory memory =
        TrainingMemory.of(
            config.model(),
            parameters,
            config.averaging() > 0,
            config.train().compute(Placement.CPU));
    return new PlanTable()
        .row(
            "videos",
            "%,d of %,d classes from %s",
            data.size(),
            data.classes().size(),
            data.manifest().source())
        .clip(config.model().clip())
        .row("parameters", "%,d", parameters)
        .work(
            Flops.of(config.model()),
            Flops.recomputed(config.model(), config.train().activations()),
            config.train())
        .memory(memory, training, parameters)
        .training(training, parameters)
        .loading(config.model().clip(), training)
        .row(
            "supervision",
            "rand-augment %s, erasing %s, mixup %s, cutmix %s, smoothing %s",
            config.supervision().randAugment(),
            config.supervision().erasing().probability(),
            config.supervision().mix().mixupAlpha(),
            config.supervision().mix().cutmixAlpha(),
            config.supervision().smoothing())
        .row(
            "keeping",
            "layer decay %s, drop path %s, dropout %s, averaging %s",
            config.layerDecay(),
            config.model().dropPath(),
            config.model().dropout(),
            config.averaging())
        .row(
            "validation",
            "every %,d updates, %s",
            validationSteps(),
            Evaluator.describe(config.validation().views()))
        .row("starts from", "%s", startsFrom)
        .toString();
  }

  private long parameters() {
    try (var scope = new TensorScope();
        VideoClassifier model =
            new VideoClassifier(config.model(), new Compute(Precision.FP32, Placement.META))) {
      return model.parameterCount();
    }
  }
}
