package io.tubelet.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** The charts of a run, each over its epochs. */
final class RunCurves {

  /** More points than this are averaged in groups: a page should stay small. */
  private static final int MOST_POINTS = 600;

  private static final LineChart.Size LARGE = new LineChart.Size(860, 320);
  private static final LineChart.Size SMALL = new LineChart.Size(400, 230);

  private final List<StepReport> steps;

  RunCurves(List<StepReport> steps) {
    this.steps = steps;
  }

  /** Loss as reported, its running mean, and the loss of a network that has learnt nothing. */
  String loss(double baseline, String baselineName) {
    double[] x = values(StepReport::epoch);
    double[] y = values(StepReport::loss);
    return new LineChart(
            LARGE,
            "Loss over epochs",
            "effective epoch",
            List.of(
                new LineChart.Series("faint", "reported", grouped(x), grouped(y)),
                new LineChart.Series("line", "running mean", grouped(x), grouped(smooth(y)))),
            baseline,
            "%s (%s)".formatted(baselineName, ProgressLine.fixed(baseline, 3)),
            false,
            Ticks::plain)
        .svg();
  }

  String learningRate() {
    return single(
        "Learning rate", StepReport::learningRate, v -> v == 0 ? "0" : ProgressLine.scientific(v));
  }

  String clipsPerSecond() {
    return single("Clips per second", StepReport::clipsPerSecond, Ticks::plain);
  }

  String loaderWait() {
    return single("Time spent waiting for data (%)", r -> 100 * r.loaderWaitShare(), Ticks::plain);
  }

  String gradNorm() {
    return single("Gradient norm before clipping", StepReport::gradNorm, Ticks::plain);
  }

  String memory() {
    return single("Resident memory (GB)", r -> r.rssBytes() / 1e9, Ticks::plain);
  }

  private String single(
      String title, ToDoubleFunction<StepReport> value, DoubleFunction<String> text) {
    var series =
        new LineChart.Series(
            "line", title, grouped(values(StepReport::epoch)), grouped(values(value)));
    return new LineChart(
            SMALL, title, "effective epoch", List.of(series), Double.NaN, "", true, text)
        .svg();
  }

  private double[] values(ToDoubleFunction<StepReport> value) {
    return steps.stream().mapToDouble(value).toArray();
  }

  /**
   * Running mean over about a twenty-fifth of the run, centred, so that it neither lags behind a
   * falling loss nor runs ahead. Towards both ends it narrows to a third before it gives that up.
   */
  static double[] smooth(double[] y) {
    int widest = y.length / 50;
    double[] mean = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      int toEnd = Math.min(i, y.length - 1 - i);
      int reach = Math.max(widest / 3, Math.min(widest, toEnd));
      mean[i] = mean(y, Math.max(0, i - reach), Math.min(y.length, i + reach + 1));
    }
    return mean;
  }

  /** Means of equal groups, so that no more than {@link #MOST_POINTS} remain. */
  static double[] grouped(double[] values) {
    int size = (values.length + MOST_POINTS - 1) / MOST_POINTS;
    if (size <= 1) {
      return values;
    }
    double[] means = new double[(values.length + size - 1) / size];
    for (int g = 0; g < means.length; g++) {
      means[g] = mean(values, g * size, Math.min(values.length, (g + 1) * size));
    }
    return means;
  }

  /** Of the finite values in a range; {@code NaN} where there is none. */
  private static double mean(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).filter(Double::isFinite).average().orElse(Double.NaN);
  }
}
