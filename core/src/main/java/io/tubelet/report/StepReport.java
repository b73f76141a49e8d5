package io.tubelet.report;

import java.util.List;

/**
 * What is known after an optimizer step; the mean over the steps since the last report where that
 * makes sense.
 *
 * <p>Numbers that were not measured, and a loss that is not finite, are {@code NaN}; they become
 * {@code null} in JSON and gaps in curves.
 *
 * @param step optimizer steps done so far, counted from 1
 * @param epoch effective epochs done so far, with the fraction
 * @param loss mean loss
 * @param learningRate of the last step
 * @param gradNorm global gradient norm before clipping
 * @param clipsPerSecond clips trained on per second of wall time
 * @param loaderWaitShare share of wall time spent waiting for data, 0 to 1
 * @param loaderWorkers threads that make clips now; 0 where unknown
 * @param skippedSteps steps left out so far because their loss was not finite
 * @param elapsedSeconds training time so far, that of resumed runs added up
 * @param rssBytes resident memory of the process; 0 where unknown
 * @param ranks how each of the processes that train together spends its time, in their order; none
 *     where that is not told
 */
public record StepReport(
    long step,
    double epoch,
    double loss,
    double learningRate,
    double gradNorm,
    double clipsPerSecond,
    double loaderWaitShare,
    int loaderWorkers,
    long skippedSteps,
    double elapsedSeconds,
    long rssBytes,
    List<RankPace> ranks) {

  /** Without a word on the processes. */
  public StepReport(
      long step,
      double epoch,
      double loss,
      double learningRate,
      double gradNorm,
      double clipsPerSecond,
      double loaderWaitShare,
      int loaderWorkers,
      long skippedSteps,
      double elapsedSeconds,
      long rssBytes) {
    this(
        step,
        epoch,
        loss,
        learningRate,
        gradNorm,
        clipsPerSecond,
        loaderWaitShare,
        loaderWorkers,
        skippedSteps,
        elapsedSeconds,
        rssBytes,
        List.of());
  }

  public StepReport {
    ranks = List.copyOf(ranks);
    if (step < 0 || skippedSteps < 0 || rssBytes < 0) {
      throw new IllegalArgumentException(
          "step, skippedSteps and rssBytes must not be negative, got step=%d skippedSteps=%d rssBytes=%d"
              .formatted(step, skippedSteps, rssBytes));
    }
    if (loaderWaitShare < 0 || loaderWaitShare > 1) {
      throw new IllegalArgumentException(
          "loaderWaitShare is a share of the time, 0 to 1, got " + loaderWaitShare);
    }
  }
}
