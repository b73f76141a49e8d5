package io.tubelet.train;

import io.tubelet.distributed.GradientCompression;
import io.tubelet.optim.LearningRate;
import io.tubelet.optim.WeightDecayRule;
import io.tubelet.tensor.Activations;
import io.tubelet.tensor.Precision;
import io.tubelet.tokenizer.PictureLoss;

/**
 * How a tokenizer is trained: so many updates, however many videos there are.
 *
 * @param updates in all
 * @param batch clips of an update
 * @param learningRate the highest
 * @param warmup updates in which it rises from 0; then it falls along half a cosine, to 0
 * @param weightDecay of everything but biases
 * @param loss how painted pictures are scored
 * @param divergence weight of the words' divergence from the uniform distribution; grows from 0
 *     while the draw cools
 * @param balance weight of the divergence of how often each word is said in all
 * @param temperature of the draw of words
 * @param device to train on
 * @param replicas of the model among which a batch is divided on the CPU; 0 for as many as pay
 * @param logEvery updates between two lines of the log
 * @param checkpointEvery updates between two checkpoints; 0 saves at the end alone
 * @param keepLast how many checkpoints stay beside the best one
 */
public record TokenizerTrainConfig(
    long updates,
    int batch,
    double learningRate,
    int warmup,
    double weightDecay,
    PictureLoss loss,
    double divergence,
    double balance,
    Temperature temperature,
    DeviceChoice device,
    int replicas,
    int logEvery,
    int checkpointEvery,
    int keepLast) {
  private static final int MOST_SKIPPED = 50;

  public TokenizerTrainConfig {
    if (updates < 1 || warmup < 0 || warmup >= updates) {
      throw new IllegalArgumentException(
          "train.updates must be at least 1 and more than train.warmup, got updates=%d, warmup=%d"
              .formatted(updates, warmup));
    }
    if (!(divergence >= 0 && balance >= 0)) {
      throw new IllegalArgumentException(
          "train.divergence and train.balance must be 0 or more, got divergence=%s, balance=%s"
              .formatted(divergence, balance));
    }
    if (!(learningRate > 0)) {
      throw new IllegalArgumentException(
          "train.learning-rate must be above 0, got " + learningRate);
    }
  }

  /**
   * The same as for models that count epochs.
   *
   * @param updatesPerEpoch of the videos at hand
   */
  public TrainConfig train(double updatesPerEpoch) {
    return new TrainConfig(
        updates / updatesPerEpoch,
        batch,
        1,
        device,
        Precision.FP32,
        Activations.KEEP,
        replicas,
        GradientCompression.NONE,
        false,
        logEvery,
        checkpointEvery,
        keepLast,
        MOST_SKIPPED);
  }

  /** AdamW with DALL-E's moments (appendix A.2), for as many updates an epoch. */
  public OptimizerConfig optimizer(double updatesPerEpoch) {
    return new OptimizerConfig(
        ScheduleKind.VIDEO_MAE,
        learningRate / LearningRate.scaled(1, batch),
        0,
        warmup / updatesPerEpoch,
        0.9,
        0.999,
        1e-8,
        weightDecay,
        WeightDecayRule.SPARE_VECTORS,
        1);
  }
}
