package io.tubelet.measure;

import io.tubelet.measure.BarColumn.Bar;
import io.tubelet.measure.LinePanel.Line;
import io.tubelet.measure.LoadingResults.Series;
import java.util.ArrayList;
import java.util.List;

/**
 * Results as one picture: speed and processor time of every case, and, where cases differ in a
 * number, how the speed changes with it.
 */
public record LoadingPicture(LoadingResults results) {

  /** The file. */
  public byte[] png() {
    return page().png();
  }

  BenchPicture page() {
    List<String> names = results.all().stream().map(results::name).toList();
    return new BenchPicture(heading(), names, speeds(), processor(), panels());
  }

  private String heading() {
    LoadingSettings s = results.settings();
    return "Reading windows of %d frames at stride %d on %s, cores: %d. %s. Medians of %d."
        .formatted(
            s.frames(),
            s.stride(),
            s.machine().cpu(),
            s.machine().cores(),
            results.common(),
            s.repeats());
  }

  private BarColumn speeds() {
    return new BarColumn(
        "clips a second",
        results.all().stream().map(r -> bar(r.clipsPerSecond().median())).toList());
  }

  private BarColumn processor() {
    return new BarColumn(
        "processor ms a clip",
        results.all().stream().map(r -> bar(r.processorMillisPerClip().median())).toList());
  }

  private static Bar bar(double value) {
    return new Bar(value, 0, Figures.three(value));
  }

  private List<LinePanel> panels() {
    List<LinePanel> panels = new ArrayList<>();
    for (LoadingParameter parameter : LoadingParameter.NUMBERS) {
      List<Series> series = results.series(parameter);
      if (!series.isEmpty()) {
        panels.add(new LinePanel("clips a second", parameter.axis(), lines(series)));
      }
    }
    return panels;
  }

  private static List<Line> lines(List<Series> series) {
    List<Line> lines = new ArrayList<>();
    for (Series s : series) {
      lines.add(
          new Line(
              s.name(), s.values(), s.clipsPerSecond(), BenchPicture.colour(lines.size()), true));
    }
    return lines;
  }
}
