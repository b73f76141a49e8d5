package io.tubelet.report;

import java.util.List;

/**
 * Has the run learnt anything?
 *
 * <p>A network that knows nothing, such as one that always answers the mean of the target, has a
 * loss of {@code baseline}; every useful one is below. One batch may be an easy one, so the loss at
 * the end is the mean over the last tenth of the reports.
 *
 * @param baseline loss of knowing nothing; {@code NaN} where it was not measured
 * @param finalLoss mean over the last tenth of the reports; {@code NaN} without reports
 * @param baselineName what knowing nothing does
 */
public record Verdict(double baseline, double finalLoss, String baselineName) {

  /** What counts as learnt: a loss at least this share below the baseline. */
  public static final double MARGIN = 0.02;

  /** Of a run whose baseline is that of predicting the mean. */
  public static Verdict of(List<StepReport> steps, double baseline) {
    return of(steps, baseline, "predicting the mean");
  }

  public static Verdict of(List<StepReport> steps, double baseline, String baselineName) {
    double[] finite =
        steps.stream().mapToDouble(StepReport::loss).filter(Double::isFinite).toArray();
    int last = Math.max(1, finite.length / 10);
    double sum = 0;
    for (int i = Math.max(0, finite.length - last); i < finite.length; i++) {
      sum += finite[i];
    }
    return new Verdict(baseline, finite.length == 0 ? Double.NaN : sum / last, baselineName);
  }

  /** Whether both numbers are known. */
  public boolean decided() {
    return Double.isFinite(baseline) && Double.isFinite(finalLoss);
  }

  public boolean learnt() {
    return decided() && finalLoss < (1 - MARGIN) * baseline;
  }

  /** Share of the baseline that was gained; negative where the loss is above it. */
  public double gain() {
    return 1 - finalLoss / baseline;
  }

  /** One sentence for a person. */
  public String sentence() {
    if (!decided()) {
      return Double.isFinite(finalLoss)
          ? "The loss ended at %s; there is no baseline to hold it against."
              .formatted(ProgressLine.fixed(finalLoss, 3))
          : "No step has been reported.";
    }
    String facts =
        "the loss ended at %s, %s %% %s that of %s (%s)"
            .formatted(
                ProgressLine.fixed(finalLoss, 3),
                ProgressLine.fixed(Math.abs(100 * gain()), 1),
                gain() < 0 ? "above" : "below",
                baselineName,
                ProgressLine.fixed(baseline, 3));
    return (learnt() ? "Learnt: " : "Nothing learnt: ") + facts + ".";
  }
}
