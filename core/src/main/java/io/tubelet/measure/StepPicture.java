package io.tubelet.measure;

import io.tubelet.measure.BarColumn.Bar;
import io.tubelet.measure.LinePanel.Line;
import io.tubelet.measure.StepResults.Series;
import io.tubelet.visual.FrameImage;
import io.tubelet.visual.Lettering;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Results as one picture: time and rate of every case, and, where cases differ in a number, how the
 * cost grows with it beside what the number of operations makes of it.
 */
public record StepPicture(StepResults results) {
  private static final int WIDTH = 1100;
  private static final int MARGIN = 20;
  private static final Color PAPER = new Color(0xFB, 0xFB, 0xFC);
  private static final Color[] COLOURS = {
    new Color(0x2F, 0x5D, 0x9E),
    new Color(0xC4, 0x5A, 0x1C),
    new Color(0x2E, 0x85, 0x5B),
    new Color(0x8A, 0x3F, 0x93),
    new Color(0xA8, 0x84, 0x14),
    new Color(0x5B, 0x66, 0x78)
  };

  /** The file. */
  public byte[] png() {
    return FrameImage.png(draw());
  }

  BufferedImage draw() {
    List<String> heading = Lettering.lines(heading(), WIDTH - 2 * MARGIN);
    List<LinePanel> panels = panels();
    int bars = MARGIN + (heading.size() + 1) * Lettering.LINE;
    int growth = bars + times().height() + MARGIN;
    int height = growth;
    for (int i = 0; i < panels.size(); i += 2) {
      height += rowHeight(panels, i) + MARGIN;
    }
    BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(PAPER);
    g.fillRect(0, 0, WIDTH, height);
    for (int i = 0; i < heading.size(); i++) {
      Lettering.draw(g, heading.get(i), MARGIN, MARGIN + i * Lettering.LINE);
    }
    bars(g, bars);
    int half = (WIDTH - 3 * MARGIN) / 2;
    int top = growth;
    for (int i = 0; i < panels.size(); i += 2) {
      int tall = rowHeight(panels, i);
      for (int k = i; k < Math.min(i + 2, panels.size()); k++) {
        int left = MARGIN + k % 2 * (half + MARGIN);
        panels.get(k).draw(g, new Rectangle(left, top, half, tall));
      }
      top += tall + MARGIN;
    }
    g.dispose();
    return image;
  }

  /** Of two panels beside each other. */
  private static int rowHeight(List<LinePanel> panels, int first) {
    return panels.subList(first, Math.min(first + 2, panels.size())).stream()
        .mapToInt(LinePanel::height)
        .max()
        .orElse(0);
  }

  private String heading() {
    BenchSettings s = results.settings();
    return "Updates of pre-training on %s, threads: %d. %s. Medians of %d."
        .formatted(s.machine().cpu(), s.threads(), results.common(), s.repeats());
  }

  private void bars(Graphics2D g, int top) {
    int gutter =
        results.all().stream().mapToInt(r -> Lettering.width(results.name(r))).max().orElse(0);
    int column = (WIDTH - 4 * MARGIN - gutter) / 2;
    int y = top + times().height() - results.all().size() * BarColumn.ROW;
    for (StepResult r : results.all()) {
      Lettering.draw(g, results.name(r), MARGIN, y + (BarColumn.ROW - Lettering.LINE) / 2);
      y += BarColumn.ROW;
    }
    times().draw(g, 2 * MARGIN + gutter, top, column, COLOURS[0]);
    rates().draw(g, 3 * MARGIN + gutter + column, top, column, COLOURS[2]);
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
      lines.add(new Line(model, s.values(), s.expectedSeconds(), colour(i), false));
    }
    for (int i = 0; i < series.size(); i++) {
      Series s = series.get(i);
      double[] seconds = s.results().stream().mapToDouble(r -> r.seconds().median()).toArray();
      lines.add(new Line(s.name(), s.values(), seconds, colour(i), true));
    }
    return new LinePanel("s an update", parameter.axis(), lines);
  }

  private static LinePanel memory(List<Series> depths) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < depths.size(); i++) {
      Series s = depths.get(i);
      double[] bytes =
          s.results().stream().mapToDouble(r -> r.peakBytes().orElse(0) / 1e9).toArray();
      lines.add(new Line(s.name(), s.values(), bytes, colour(i), true));
    }
    return new LinePanel("peak memory, GB", CaseParameter.DECODER_DEPTH.axis(), lines);
  }

  private static Color colour(int number) {
    return COLOURS[number % COLOURS.length];
  }
}
