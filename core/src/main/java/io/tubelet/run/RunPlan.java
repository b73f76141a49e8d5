package io.tubelet.run;

import io.tubelet.config.ConfigException;
import io.tubelet.config.RunConfig;
import io.tubelet.data.Manifest;
import io.tubelet.optim.FractionalEpochCosine;
import io.tubelet.optim.LearningRate;
import io.tubelet.optim.SteppedCosine;
import io.tubelet.report.ProgressLine;
import io.tubelet.train.ScheduleKind;
import io.tubelet.train.TrainConfig;

/**
 * What a configuration means for a set of videos: every derived number of a run, each computed here
 * and nowhere else.
 *
 * @param config the run
 * @param manifest its videos
 */
public record RunPlan(RunConfig config, Manifest manifest) {

  public RunPlan {
    if (steps(config, manifest) < 1) {
      throw new ConfigException(
          "train.epochs=%s of %d videos make no update of %d clips; raise train.epochs or lower train.batch"
              .formatted(
                  config.train().epochs(), manifest.size(), config.train().effectiveBatch()));
    }
  }

  /** Batches of one pass over the files; the last, incomplete one is left out. */
  public long batchesPerPass() {
    return batchesPerPass(config, manifest);
  }

  /** Updates of one effective epoch: a pass over the files is {@code data.repeats} of them. */
  public double stepsPerEpoch() {
    return stepsPerEpoch(config, manifest);
  }

  /** Updates of the whole run. */
  public long steps() {
    return steps(config, manifest);
  }

  /** The highest learning rate. */
  public double peakLr() {
    return LearningRate.scaled(config.optimizer().baseLr(), lrBatch());
  }

  /**
   * The batch that scales the learning rate: clips of an update for VideoMAE; mae_st counts the
   * videos, however many clips each gives.
   */
  public int lrBatch() {
    int clips = config.train().effectiveBatch();
    return config.optimizer().schedule() == ScheduleKind.MAE_ST
        ? clips / config.data().repeats()
        : clips;
  }

  /** The lowest learning rate after the warm-up; mae_st does not scale it with the batch. */
  public double floorLr() {
    double minLr = config.optimizer().minLr();
    return config.optimizer().schedule() == ScheduleKind.VIDEO_MAE
        ? LearningRate.scaled(minLr, config.train().effectiveBatch())
        : minLr;
  }

  /** The learning rate of each update. */
  public LearningRate learningRate() {
    double warmup = config.optimizer().warmupEpochs() * stepsPerEpoch();
    return switch (config.optimizer().schedule()) {
      // Its unit of time is free: with a step for an epoch, epochs need not hold whole steps.
      case MAE_ST -> new FractionalEpochCosine(peakLr(), floorLr(), warmup, steps(), 1);
      case VIDEO_MAE -> new SteppedCosine(peakLr(), floorLr(), Math.round(warmup), steps());
    };
  }

  /** Tokens that the encoder sees. */
  public int visibleTokens() {
    return config.mask().visibleTokens(config.model().clip());
  }

  /** The plan for a person, before anything is started. */
  public String describe(String startsFrom) {
    return new PlanText(this).text(startsFrom);
  }

  /** How a run of this length is shown while it goes on. */
  public ProgressLine progressLine() {
    return new ProgressLine(steps(), config.train().epochs(), config.train().effectiveBatch());
  }

  private static long batchesPerPass(RunConfig config, Manifest manifest) {
    int videosPerBatch = config.train().batch() / config.data().repeats();
    return Math.max(1, manifest.size() / videosPerBatch);
  }

  private static double stepsPerEpoch(RunConfig config, Manifest manifest) {
    return (double) batchesPerPass(config, manifest)
        / config.data().repeats()
        / config.train().accumulate();
  }

  private static long steps(RunConfig config, Manifest manifest) {
    TrainConfig train = config.train();
    return (long) Math.floor(train.epochs() * stepsPerEpoch(config, manifest) + 1e-9);
  }
}
