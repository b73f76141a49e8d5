package io.tubelet.measure;

import io.tubelet.measure.BarColumn.Bar;
import io.tubelet.measure.LinePanel.Line;
import io.tubelet.measure.StepResults.Series;
import java.util.ArrayList;
import java.util.List;

/**
 * Results as one picture: time and rate of every case, and, where cases differ in a number, how the
 * cost grows with it beside what the number of operations makes of it.
 */
public record StepPicture(StepResults results) {

  /** The file. */
  public byte[] png() {
    return page().png();
  }

  BenchPicture page() {
    List<String> names = results.all().stream().map(results::name).toList();
    return new BenchPicture(heading(), names, times(), rates(), panels());
  }

  private String heading() {
    BenchSettings s = results.settings();
    return "Updates of pre-training on %s, threads: %d. %s. Medians of %d."
        .formatted(s.machine().cpu(), s.threads(), results.common(), s.repeats());
  }

  private BarColumn times() {
    return new BarColumn(
        "s a clip",
        results.all().stream()
            .map(r -> new Bar(r.secondsPerClip(), 0, Figures.three(r.secondsPerClip())))
            .toList());
  }

  private BarColumn rates() {
    return new BarColumn(
        "GFLOP/s, share of large matrix products",
        results.all().stream()
            .map(r -> new Bar(r.rate(), results.matrixRate(r.step().precision()), rate(r)))
            .toList());
  }

  private String rate(StepResult r) {
    return "%s, %s".formatted(Figures.three(r.rate() / 1e9), Figures.percent(results.share(r)));
  }

  private List<LinePanel> panels() {
    List<LinePanel> panels = new ArrayList<>();
    for (CaseParameter parameter : CaseParameter.NUMBERS) {
      List<Series> series = results.series(parameter);
      if (!series.isEmpty()) {
        panels.add(growth(parameter, series));
      }
    }
    List<Series> depths = results.series(CaseParameter.DECODER_DEPTH);
    if (!depths.isEmpty()) {
      panels.add(memory(depths));
    }
    return panels;
  }

  private static LinePanel growth(CaseParameter parameter, List<Series> series) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      Series s = series.get(i);
      String model = i == 0 ? "as the operations grow" : "";
      lines.add(new Line(model, s.values(), s.expectedSeconds(), BenchPicture.colour(i), false));
    }
    for (int i = 0; i < series.size(); i++) {
      Series s = series.get(i);
      double[] seconds = s.results().stream().mapToDouble(r -> r.seconds().median()).toArray();
      lines.add(new Line(s.name(), s.values(), seconds, BenchPicture.colour(i), true));
    }
    return new LinePanel("s an update", parameter.axis(), lines);
  }

  private static LinePanel memory(List<Series> depths) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < depths.size(); i++) {
      Series s = depths.get(i);
      double[] bytes =
          s.results().stream().mapToDouble(r -> r.peakBytes().orElse(0) / 1e9).toArray();
      lines.add(new Line(s.name(), s.values(), bytes, BenchPicture.colour(i), true));
    }
    return new LinePanel("peak memory, GB", CaseParameter.DECODER_DEPTH.axis(), lines);
  }
}
