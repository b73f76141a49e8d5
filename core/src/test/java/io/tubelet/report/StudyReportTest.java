package io.tubelet.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.report.StudyTable.Cell;
import io.tubelet.report.StudyTable.Chart;
import io.tubelet.report.StudyTable.Column;
import io.tubelet.report.StudyTable.Curves;
import io.tubelet.report.StudyTable.Grid;
import io.tubelet.report.StudyTable.Line;
import io.tubelet.report.StudyTable.Lines;
import io.tubelet.report.StudyTable.Measured;
import io.tubelet.report.StudyTable.Part;
import io.tubelet.report.StudyTable.Point;
import io.tubelet.report.StudyTable.Series;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StudyReportTest {
  private static final Column TOP1 = new Column("fine-tuned top-1", true, 1);
  private static final Column MINUTES = new Column("minutes", false, 1);

  private static Measured of(Double... values) {
    return new Measured(List.of(values));
  }

  private static Lines lines() {
    return new Lines(
        "Losses <b>",
        "Table 1f",
        "case",
        List.of(TOP1, MINUTES),
        List.of("SSv2"),
        List.of(
            new Line(
                "L1 & co",
                false,
                List.of(of(0.50, 0.54), of(2.0, 2.2)),
                List.of(Optional.of(69.1))),
            new Line("MSE", true, List.of(of(0.58, 0.62), of(1.0)), List.of(Optional.of(69.6))),
            new Line("open", false, List.of(of(), of()), List.of(Optional.empty()))));
  }

  private static String render(int done, StudyTable... tables) {
    return StudyReport.render(
        new StudySummary(
            "A study",
            "of losses",
            done,
            6,
            2,
            10,
            60,
            List.of(tables),
            List.of(TOP1, MINUTES),
            List.of(
                new StudySummary.Row(
                    "MSE",
                    List.of(
                        new StudySummary.Trial(
                            0,
                            Map.of("fine-tuned top-1", 0.58),
                            true,
                            Map.of("pretraining", "MSE/seed-0/pretraining/report.html"))))),
            "title: A study"));
  }

  @Test
  void render_table_hasMeansSpreadsTheHighestBoldAndTheUsualGrey() {
    String html = render(4, lines());

    assertThat(html)
        .contains(
            "Losses &lt;b&gt;.",
            "<td>L1 &amp; co</td><td>52.0<small class=\"spread\"> ± 2.8</small></td>",
            "<tr class=\"usual\"><td>MSE</td><td><b>60.0</b>",
            "<small class=\"few\"> (1)</small>",
            "<td class=\"theirs\">69.1</td>",
            "<tr><td>open</td><td><span class=\"none\">",
            "4 of 6 trials are done",
            "chance is 10.0 %",
            "standard error of 6.5 points",
            "href=\"MSE/seed-0/pretraining/report.html\"");
    assertThat(html).doesNotContain("<script", "http://", "https://", "src=");
  }

  @Test
  void render_table_drawsADotForEverySeed() {
    assertThat(render(6, lines()).split("<circle class=\"seed\"", -1)).hasSize(1 + 4);
    assertThat(render(6, lines())).contains("All 6 trials are done.");
  }

  @Test
  void render_grid_coloursCellsByTheirMeanAndShowsThePapers() {
    Cell low = new Cell(of(0.2), false, Map.of());
    Cell high = new Cell(of(0.6), true, Map.of("SSv2", 69.6));
    Grid grid =
        new Grid(
            "Masks",
            "",
            "masks",
            "ratio",
            List.of("tube", "random"),
            List.of("0.5", "0.9"),
            List.of(new Part(TOP1, List.of(List.of(low, high), List.of(StudyTable.none(), low)))));

    assertThat(render(6, grid, lines()))
        .contains(
            "(a) <strong>Masks.</strong>",
            "(b) <strong>Losses",
            "<td class=\"usual\" style=\"--strength:45%\"><b>60.0</b>",
            "<td style=\"--strength:0%\">20.0",
            "<small class=\"theirs\">SSv2 69.6</small>",
            "<td><span class=\"none\">");
  }

  @Test
  void render_curve_hasALineAndABandForEachSeriesAndATickForEachNumber() {
    Curves curves =
        new Curves(
            "Labels",
            "",
            "labelled videos",
            List.of(
                new Chart(
                    TOP1,
                    List.of(
                        new Series(
                            "MAE",
                            List.of(
                                new Point(35, of(0.2, 0.3)),
                                new Point(70, of(0.4, 0.5)),
                                new Point(280, of(0.5, 0.6)))),
                        new Series(
                            "from scratch",
                            List.of(new Point(35, of(0.1)), new Point(280, of(0.4))))))),
            lines());
    String html = render(6, curves);

    assertThat(html)
        .contains(
            "class=\"series s0\"",
            "class=\"series s1\"",
            "class=\"band s0\"",
            ">from scratch</text>",
            ">35</text>",
            ">70</text>",
            ">280</text>");
    assertThat(html).doesNotContain("class=\"band s1\"");
    // 35 to 280 is three doublings: 70 lies at a third of the axis.
    assertThat(html).contains("cx=\"82.0\"", "cx=\"253.3\"", "cx=\"596.0\"");
  }
}
