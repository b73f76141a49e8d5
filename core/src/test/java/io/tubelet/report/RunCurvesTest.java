package io.tubelet.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RunCurvesTest {

  @Test
  void smooth_ofAStraightLine_isTheLineButForItsVeryEnds() {
    double[] line = new double[200];
    Arrays.setAll(line, i -> 10 - i);
    double[] smooth = RunCurves.smooth(line);
    assertThat(Arrays.copyOfRange(smooth, 1, 199))
        .containsExactly(Arrays.copyOfRange(line, 1, 199));
    assertThat(smooth[199]).isEqualTo(-188.5); // mean of the last two
  }

  @Test
  void smooth_ofNoise_isCalmer() {
    double[] noise = new double[1000];
    Arrays.setAll(noise, i -> i % 2);
    assertThat(RunCurves.smooth(noise)[500]).isBetween(0.48, 0.52);
  }

  @Test
  void smooth_overAGap_usesItsNeighbours() {
    double[] y = new double[100];
    Arrays.fill(y, 3);
    y[50] = Double.NaN;
    assertThat(RunCurves.smooth(y)[50]).isEqualTo(3);
  }

  @Test
  void grouped_keepsShortCurvesAndAveragesLongOnes() {
    double[] few = {1, 2, 3};
    assertThat(RunCurves.grouped(few)).containsExactly(few);
    double[] many = new double[1201];
    Arrays.setAll(many, i -> i);
    double[] grouped = RunCurves.grouped(many); // three to a group, one left over
    assertThat(grouped).hasSize(401);
    assertThat(grouped[0]).isEqualTo(1);
    assertThat(grouped[400]).isEqualTo(1200);
  }

  @Test
  void lossChart_showsTheBaselineAboveTheCurve() {
    String svg = new RunCurves(Reports.learning(100)).loss(1.0, "predicting the mean");
    assertThat(svg)
        .contains(
            "class=\"baseline\"", ">predicting the mean (1.000)</text>", ">running mean</text>")
        .containsOnlyOnce("class=\"faint\" d=\"M62.0 14.0L84.0 14.0\"");
    assertThat(new RunCurves(Reports.learning(100)).loss(Double.NaN, ""))
        .doesNotContain("class=\"baseline\"");
  }

  @Test
  void lossThatIsNotFinite_leavesAGap() {
    var reports =
        Arrays.asList(
            Reports.at(1, 1), Reports.at(2, 0.9), Reports.at(3, Double.NaN), Reports.at(4, 0.8));
    String faint =
        new RunCurves(reports)
            .loss(Double.NaN, "")
            .lines()
            .filter(l -> l.startsWith("<path class=\"faint\" d=\"M") && !l.contains(" 14.0L"))
            .findFirst()
            .orElseThrow();
    assertThat(faint.chars().filter(c -> c == 'M')).hasSize(2);
  }
}
