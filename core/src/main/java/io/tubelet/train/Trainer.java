package io.tubelet.train;

import static java.util.Objects.requireNonNull;

import io.tubelet.data.Batch;
import io.tubelet.data.Batches;
import io.tubelet.data.Cursor;
import io.tubelet.distributed.Ranks;
import io.tubelet.machine.Machine;
import io.tubelet.optim.AdamW;
import io.tubelet.optim.LearningRate;
import io.tubelet.report.StepReport;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The loop: batches, gradients, an update, and now and then a word to the listener.
 *
 * <p>No step waits for a number from the device. Losses are added up there and read when the log is
 * due; so is the count of updates that were skipped because their loss was not a number.
 */
public final class Trainer implements AutoCloseable {
  /** Batches over which the loss of predicting the mean is averaged. */
  private static final int BASELINE_BATCHES = 16;

  private final TrainConfig config;
  private final Replicas<?> replicas;
  private final Batches loader;
  private final AdamW optimizer;
  private final LearningRate learningRate;
  private final long steps;
  private final double stepsPerEpoch;
  private final Ranks ranks;
  private final RunListener listener;

  private final LossMeter losses;
  private final Pace pace;
  private long step;
  private Cursor cursor;
  private double baseline;
  private int baselineBatches;
  private double reportedLoss = Double.NaN;
  private long savedStep;

  /**
   * @param replicas of the model; stay the caller's, as do loader and optimizer
   * @param learningRate of each update, counted from 0
   * @param steps updates of the whole run
   * @param stepsPerEpoch updates of one effective epoch
   * @param ranks that train together; the loader gives this one's part of each batch
   * @param from where the run stands, {@link Progress#START} for a fresh one
   */
  public Trainer(
      TrainConfig config,
      Replicas<?> replicas,
      Batches loader,
      AdamW optimizer,
      LearningRate learningRate,
      long steps,
      double stepsPerEpoch,
      Placement placement,
      Ranks ranks,
      Progress from,
      RunListener listener) {
    this.config = config;
    this.replicas = replicas;
    this.loader = loader;
    this.optimizer = optimizer;
    this.learningRate = learningRate;
    this.steps = steps;
    this.stepsPerEpoch = stepsPerEpoch;
    this.ranks = ranks;
    this.listener = listener;
    losses = new LossMeter(from.unreported(), placement);
    pace = new Pace(loader, ranks, from.seconds());
    step = from.step();
    savedStep = step;
    cursor = from.cursor();
    baseline = from.baseline();
    baselineBatches = from.baselineBatches();
  }

  /**
   * Trains until the last step or until asked to stop, and has the run saved in both cases.
   *
   * @throws TrainingDiverged when more updates were skipped than the configuration allows
   */
  public void run(StopSignal stop) throws IOException, InterruptedException {
    if (listener.onBegin(step)) {
      save();
    }
    while (step < steps && update(stop)) {
      step++;
      boolean last = step == steps;
      if (last || step % config.logEvery() == 0) {
        report();
      }
      boolean wanted = listener.onStep(step);
      if (last || wanted || isCheckpointDue()) {
        save();
      }
    }
    if (step > savedStep) {
      save(); // asked to stop since the last checkpoint
    }
  }

  /** Updates done so far. */
  public long step() {
    return step;
  }

  /** Loss of predicting the mean; measured over the first batches of the run. */
  public double baseline() {
    return baseline;
  }

  /** One update, all or nothing: false when asked to stop before its gradients were complete. */
  private boolean update(StopSignal stop) throws IOException, InterruptedException {
    try (var scope = new TensorScope()) {
      optimizer.zeroGrad();
      Tensor loss = null;
      Batch batch = null;
      for (int micro = 0; micro < config.accumulate(); micro++) {
        if (ranks.any(stop.isRequested())) {
          return false;
        }
        batch = loader.next();
        boolean last = micro == config.accumulate() - 1;
        Tensor share = replicas.backward(batch, batch.part().share() / config.accumulate(), last);
        loss = loss == null ? share : loss.add(share);
      }
      ranks.sum(requireNonNull(loss));
      Tensor gradNorm = optimizer.gradNorm();
      optimizer.step(learningRate.at(step), loss, gradNorm);
      losses.add(loss, gradNorm);
      measureBaseline(requireNonNull(batch));
      cursor = batch.next();
      pace.count(config.effectiveBatch());
      return true;
    }
  }

  private void measureBaseline(Batch batch) {
    if (baselineBatches < BASELINE_BATCHES) {
      try (NoGradGuard noGrad = new NoGradGuard()) {
        Tensor share = replicas.baseline(batch).mul(new Scalar(batch.part().share()));
        ranks.sum(share);
        double here = share.item_double();
        baseline += (here - baseline) / ++baselineBatches;
      }
    }
  }

  private void report() throws IOException {
    LossMeter.Sums sums = losses.read();
    losses.reset();
    requireFewSkipped();
    reportedLoss = sums.meanLoss();
    listener.onReport(
        new StepReport(
            step,
            step / stepsPerEpoch,
            reportedLoss,
            learningRate.at(step - 1),
            sums.meanGradNorm(),
            pace.clipsPerSecond(),
            pace.loaderWaitShare(),
            loader.workers(),
            optimizer.skipped(),
            pace.seconds(),
            Machine.residentBytes().orElse(0),
            pace.ofRanks()));
    pace.restart();
  }

  private void requireFewSkipped() {
    long skipped = optimizer.skipped();
    if (skipped > config.maxSkippedSteps()) {
      throw new TrainingDiverged(
          "the loss or gradient was not a number in %d of %d steps, more than train.max-skipped-steps=%d;"
                  .formatted(skipped, step, config.maxSkippedSteps())
              + " earlier checkpoints are untouched; a lower optimizer.base-lr or fp32 may help");
    }
  }

  private boolean isCheckpointDue() {
    return config.checkpointEvery() > 0 && step % config.checkpointEvery() == 0;
  }

  private void save() throws IOException {
    requireFewSkipped();
    LossMeter.Sums unreported = losses.read();
    double loss = unreported.count() > 0 ? unreported.meanLoss() : reportedLoss;
    listener.onCheckpoint(
        new Progress(step, cursor, baseline, baselineBatches, unreported, pace.seconds()), loss);
    savedStep = step;
  }

  @Override
  public void close() {
    losses.close();
  }
}
