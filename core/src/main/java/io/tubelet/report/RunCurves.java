package io.tubelet.report;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** The charts of a run, each over its epochs. */
final class RunCurves {

  /** More points than this are averaged in groups: a page should stay small. */
  private static final int MOST_POINTS = 600;

  private final List<StepReport> steps;

  RunCurves(List<StepReport> steps) {
    this.steps = steps;
  }

  /** Loss as reported, its running mean, and the loss of predicting the mean. */
  String loss(double baseline) {
    double[] x = values(StepReport::epoch);
    double[] y = values(StepReport::loss);
    return new LineChart(
            "Loss over epochs",
            "effective epoch",
            List.of(
                new LineChart.Series("faint", "reported", grouped(x), grouped(y)),
                new LineChart.Series("line", "running mean", grouped(x), grouped(smooth(y)))),
            baseline,
            "predicting the mean",
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
            title + " over epochs", "effective epoch", List.of(series), Double.NaN, "", true, text)
        .svg();
  }

  private double[] values(ToDoubleFunction<StepReport> value) {
    return steps.stream().mapToDouble(value).toArray();
  }

  /** Exponential running mean over about a fiftieth of the run, unbiased at its start. */
  static double[] smooth(double[] y) {
    double keep = 1 - 1 / Math.max(1, y.length / 50.0);
    double[] mean = new double[y.length];
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < y.length; i++) {
      if (Double.isFinite(y[i])) {
        sum = keep * sum + y[i];
        weight = keep * weight + 1;
      }
      mean[i] = weight == 0 ? Double.NaN : sum / weight;
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
      double sum = 0;
      int count = 0;
      for (int i = g * size; i < Math.min(values.length, (g + 1) * size); i++) {
        if (Double.isFinite(values[i])) {
          sum += values[i];
          count++;
        }
      }
      means[g] = count == 0 ? Double.NaN : sum / count;
    }
    return means;
  }
}
