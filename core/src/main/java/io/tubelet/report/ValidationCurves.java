package io.tubelet.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The charts of a run's validations, each over its epochs. */
final class ValidationCurves {

  private static final LineChart.Size HALF_A_PAGE = new LineChart.Size(520, 260);

  private final List<Validation> validations;

  ValidationCurves(List<Validation> validations) {
    this.validations = validations;
  }

  /** Top-1, and top-5 where it is known, in percent. */
  String accuracy() {
    var series = new ArrayList<LineChart.Series>();
    series.add(series("line", "top-1 (%)", v -> 100 * v.top1()));
    if (known(Validation::top5)) {
      series.add(series("second", "top-5 (%)", v -> 100 * v.top5()));
    }
    return new LineChart(
            HALF_A_PAGE,
            "Validation top-1 (%)",
            "effective epoch",
            series,
            Double.NaN,
            "",
            true,
            Ticks::plain)
        .svg();
  }

  boolean hasLogLoss() {
    return known(Validation::logLoss);
  }

  String logLoss() {
    return new LineChart(
            HALF_A_PAGE,
            "Validation log-loss",
            "effective epoch",
            List.of(series("line", "log-loss", Validation::logLoss)),
            Double.NaN,
            "",
            true,
            Ticks::plain)
        .svg();
  }

  private boolean known(ToDoubleFunction<Validation> value) {
    return validations.stream().mapToDouble(value).anyMatch(Double::isFinite);
  }

  private LineChart.Series series(String style, String name, ToDoubleFunction<Validation> value) {
    return new LineChart.Series(
        style,
        name,
        validations.stream().mapToDouble(Validation::epoch).toArray(),
        validations.stream().mapToDouble(value).toArray());
  }
}
