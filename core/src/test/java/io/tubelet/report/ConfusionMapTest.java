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
        .containsPattern("class=\"right\" fill-opacity=\"1.0\"[^>]*><title>right: 5 of 5 right<")
        .doesNotContain("right taken for left");
  }

  @Test
  void fewClasses_haveNamesAndCounts_moreNamesOnly_manyNumbers() {
    assertThat(map(20, 500)).contains("class=\"count", ">pretending t…ng number 9</text>");
    assertThat(map(40, 500)).doesNotContain("class=\"count").contains("t…ng number 9</text>");
    assertThat(map(41, 500)).doesNotContain("t…ng number 9</text>").contains(">40</text>");
  }

  @Test
  void fourHundredClasses_fitThePageAndTellTheStrongestCells() {
    String svg = map(400, 40_000);
    assertThat(svg.length()).isLessThan(1_000_000);
    assertThat(svg.split("<title>", -1)).hasSize(1 + 400 + 3000);
    assertThat(svg).contains("<path class=\"wrong\" fill-opacity=");
    assertThat(svg).contains("<svg width=\"960.0\" height=\"972.0\"");
  }

  @Test
  void longNames_keepTheirBeginningAndTheirEnd() {
    assertThat(map(new int[][] {{1}}, "Pretending to pour something out"))
        .contains(">Pretending t…mething out</text>");
  }

  /** At 2.2 pixels a cell, a mistake is drawn 3 wide, the diagonal as wide as it is. */
  @Test
  void mistakesAmongManyClasses_areLargerThanTheirCells() {
    assertThat(map(400, 4000))
        .containsPattern("class=\"right\"[^>]*h2.2v2.2h-2.2z")
        .containsPattern("class=\"wrong\"[^>]*h3.0v3.0h-3.0z");
  }

  @Test
  void classWithoutClips_hasNoCell() {
    assertThat(map(new int[][] {{0, 0}, {0, 1}}, "none", "some"))
        .doesNotContain("none:", "none taken", "NaN")
        .contains("<title>some: 1 of 1 right</title>");
  }
}
