package io.tubelet.report;

import java.util.Locale;

/**
 * The line a person watches while a run goes on:
 *
 * <pre>{@code
 * 12.3% epoch 4.1/33 step 1234/10000 loss 0.712 lr 1.2e-03 186 clips/s wait 3% ETA 12m04s
 * }</pre>
 *
 * <p>Text only; where and how often it is shown is the command line's business.
 *
 * @param totalSteps optimizer steps of the whole run
 * @param totalEpochs effective epochs of the whole run
 * @param clipsPerStep effective batch: clips of one optimizer step
 */
public record ProgressLine(long totalSteps, double totalEpochs, int clipsPerStep) {

  public ProgressLine {
    if (totalSteps < 1 || clipsPerStep < 1) {
      throw new IllegalArgumentException(
          "a run has at least one step of at least one clip, got totalSteps=%d clipsPerStep=%d"
              .formatted(totalSteps, clipsPerStep));
    }
  }

  /** The line after a step. */
  public String of(StepReport r) {
    return "%s%% epoch %s/%s step %d/%d %s ETA %s"
        .formatted(
            fixed(100.0 * r.step() / totalSteps, 1),
            fixed(r.epoch(), 1),
            fixed(totalEpochs, totalEpochs == Math.rint(totalEpochs) ? 0 : 1),
            r.step(),
            totalSteps,
            figures(r),
            duration(secondsLeft(r)));
  }

  /** How training goes, without how far it is: for a bar that shows that itself. */
  public static String figures(StepReport r) {
    String figures =
        "loss %s lr %s %s clips/s wait %s%%"
            .formatted(
                fixed(r.loss(), 3),
                scientific(r.learningRate()),
                rate(r.clipsPerSecond()),
                fixed(100 * r.loaderWaitShare(), 0));
    return r.skippedSteps() == 0 ? figures : figures + " skipped " + r.skippedSteps();
  }

  /** Seconds until the end at the present speed; {@code NaN} where the speed is not known. */
  public double secondsLeft(StepReport r) {
    double clipsLeft = (double) Math.max(0, totalSteps - r.step()) * clipsPerStep;
    return clipsLeft == 0
        ? 0
        : r.clipsPerSecond() > 0 ? clipsLeft / r.clipsPerSecond() : Double.NaN;
  }

  /** A span of time in its two largest units: {@code 34s, 12m04s, 3h07m, 2d05h}. */
  public static String duration(double seconds) {
    if (!Double.isFinite(seconds)) {
      return "--";
    }
    long s = Math.round(seconds);
    if (s < 60) {
      return s + "s";
    }
    if (s < 3600) {
      return "%dm%02ds".formatted(s / 60, s % 60);
    }
    if (s < 86400) {
      return "%dh%02dm".formatted(s / 3600, s % 3600 / 60);
    }
    return "%dd%02dh".formatted(s / 86400, s % 86400 / 3600);
  }

  /** A speed with about three digits: {@code 186, 18.6, 1.86}. */
  static String rate(double perSecond) {
    return fixed(perSecond, perSecond >= 99.95 ? 0 : perSecond >= 9.995 ? 1 : 2);
  }

  static String fixed(double value, int decimals) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + decimals + "f", value) : "--";
  }

  /** A share of 0 to 1 as {@code 61.3 %}. */
  static String percent(double share) {
    return Double.isFinite(share) ? fixed(100 * share, 1) + " %" : "--";
  }

  static String scientific(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.1e", value) : "--";
  }
}
