package io.tubelet.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.evaluate.ConfusionMatrix;
import io.tubelet.evaluate.Evaluation;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMapTest {

  private static String map(int[][] counts, String... names) {
    return new ConfusionMap(new ConfusionMatrix(counts), List.of(names)).svg();
  }

  private static String map(int classes, int clips) {
    Evaluation e = Evaluations.of(Evaluations.classes(classes), clips);
    return new ConfusionMap(e.confusion(), e.classes()).svg();
  }

  @Test
  void cell_isColouredByKindAndShare() {
    String svg = map(new int[][] {{3, 1}, {0, 5}}, "left", "right");
    assertThat(svg)
        .containsPattern("class=\"right\" fill-opacity=\"0.9\"[^>]*><title>left: 3 of 4 right<")
        .containsPattern(
            "class=\"wrong\" fill-opacity=\"0.5\"[^>]*><title>left taken for right: 1 of 4<")
        .containsPattern("class=\"right\" fill-opacity=\"1\"[^>]*><title>right: 5 of 5 right<")
        .doesNotContain("right taken for left");
  }

  @Test
  void fewClasses_haveNamesAndCounts_moreNamesOnly_manyNumbers() {
    assertThat(map(20, 500)).contains("class=\"count", ">pretending to do thing nu…</text>");
    assertThat(map(40, 500)).doesNotContain("class=\"count").contains("thing nu…</text>");
    assertThat(map(41, 500)).doesNotContain("thing nu…</text>").contains(">40</text>");
  }

  @Test
  void fourHundredClasses_fitThePageAndTellTheStrongestCells() {
    String svg = map(400, 40_000);
    assertThat(svg.length()).isLessThan(1_000_000);
    assertThat(svg.split("<title>", -1)).hasSize(1 + 3000);
    assertThat(svg).contains("<path class=\"wrong\" fill-opacity=");
    assertThat(svg).containsPattern("<svg width=\"8\\d\\d(\\.\\d+)?\" height=\"8\\d\\d");
  }

  @Test
  void rightCells_areDrawnLast() {
    String svg = map(41, 2000);
    assertThat(svg.lastIndexOf(" taken for pre")).isPositive().isLessThan(svg.indexOf(" right<"));
  }
}
