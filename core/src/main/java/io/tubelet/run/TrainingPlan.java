package io.tubelet.run;

import io.tubelet.config.ConfigException;
import io.tubelet.data.DataConfig;
import io.tubelet.data.Manifest;
import io.tubelet.machine.Machine;
import io.tubelet.model.TrainingMemory;
import io.tubelet.optim.FractionalEpochCosine;
import io.tubelet.optim.LearningRate;
import io.tubelet.optim.SteppedCosine;
import io.tubelet.report.ProgressLine;
import io.tubelet.tensor.Placement;
import io.tubelet.train.OptimizerConfig;
import io.tubelet.train.ScheduleKind;
import io.tubelet.train.Split;
import io.tubelet.train.TrainConfig;
import org.bytedeco.pytorch.global.torch;

/**
 * How long a training lasts and how fast it learns on a set of videos: every derived number, each
 * computed here and nowhere else, whatever is learnt.
 *
 * @param manifest the videos
 * @param lrBatch the batch that scales the learning rate; the programs count repeats differently
 */
public record TrainingPlan(
    Manifest manifest, DataConfig data, OptimizerConfig optimizer, TrainConfig train, int lrBatch) {

  public TrainingPlan {
    if (steps(manifest, data, train) < 1) {
      throw new ConfigException(
          "train.epochs=%s of %d videos make no update of %d clips; raise train.epochs or lower train.batch"
              .formatted(train.epochs(), manifest.size(), train.effectiveBatch()));
    }
  }

  /** Batches of one pass over the files; the last, incomplete one is left out. */
  public long batchesPerPass() {
    return batchesPerPass(manifest, data, train.batch());
  }

  /** Updates of one effective epoch: a pass over the files is {@code data.repeats} of them. */
  public double stepsPerEpoch() {
    return stepsPerEpoch(manifest, data, train);
  }

  /** Updates of the whole run. */
  public long steps() {
    return steps(manifest, data, train);
  }

  /** The highest learning rate. */
  public double peakLr() {
    return LearningRate.scaled(optimizer.baseLr(), lrBatch);
  }

  /** The lowest learning rate after the warm-up; mae_st does not scale it with the batch. */
  public double floorLr() {
    return optimizer.schedule() == ScheduleKind.VIDEO_MAE
        ? LearningRate.scaled(optimizer.minLr(), lrBatch)
        : optimizer.minLr();
  }

  /** The learning rate of each update. */
  public LearningRate learningRate() {
    double warmup = optimizer.warmupEpochs() * stepsPerEpoch();
    return switch (optimizer.schedule()) {
      // Its unit of time is free: with a step for an epoch, epochs need not hold whole steps.
      case MAE_ST -> new FractionalEpochCosine(peakLr(), floorLr(), warmup, steps(), 1);
      case VIDEO_MAE -> new SteppedCosine(peakLr(), floorLr(), Math.round(warmup), steps());
    };
  }

  /**
   * How each batch is divided among the cores.
   *
   * @param parameters of the model
   */
  public Split split(Placement placement, long parameters) {
    return split(placement, parameters, 1);
  }

  /** As above, of several processes each with its part of the batch and its threads. */
  Split split(Placement placement, long parameters, int processes) {
    return Split.of(
        train.replicas(),
        Math.max(1, train.batch() / processes),
        placement,
        torch.get_num_threads(),
        bytesOfReplica(parameters),
        Machine.detect().memoryBytes());
  }

  /** Bytes that a replica of the model holds for itself, besides what its clips take. */
  long bytesOfReplica(long parameters) {
    return TrainingMemory.ofReplica(parameters, train.precision());
  }

  /** How a run of this length is shown while it goes on. */
  public ProgressLine progressLine() {
    return new ProgressLine(steps(), train.epochs(), train.effectiveBatch());
  }

  private static long batchesPerPass(Manifest manifest, DataConfig data, int batch) {
    int videosPerBatch = batch / data.repeats();
    return Math.max(1, manifest.size() / videosPerBatch);
  }

  private static double stepsPerEpoch(Manifest manifest, DataConfig data, TrainConfig train) {
    return batchesPerEpoch(manifest, data, train.batch()) / train.accumulate();
  }

  /** Batches of one effective epoch. */
  static double batchesPerEpoch(Manifest manifest, DataConfig data, int batch) {
    return (double) batchesPerPass(manifest, data, batch) / data.repeats();
  }

  private static long steps(Manifest manifest, DataConfig data, TrainConfig train) {
    return (long) Math.floor(train.epochs() * stepsPerEpoch(manifest, data, train) + 1e-9);
  }
}
