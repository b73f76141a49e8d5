package io.tubelet.visual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.clip.ClipShape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VisibleStatisticsTest {

  @Test
  void hiddenToken_isWeightedByInverseSquareDistance() {
    var grid = new TokenGrid(new ClipShape(2, 8, 32, 2, 8)); // four tokens in a row
    var statistics =
        new VisibleStatistics(
            grid,
            new int[] {0, 3},
            new PixelScale[] {PixelScale.grey(0.2, 0.1), PixelScale.grey(0.7, 0.4)});
    PixelScale scale = statistics.at(1); // distances 1 and 2, weights 1 and 1/4
    assertThat(scale.centre()[1]).isCloseTo((0.2 + 0.7 / 4) / 1.25, within(1e-12));
    assertThat(scale.gain()[2]).isCloseTo((0.1 + 0.4 / 4) / 1.25, within(1e-12));
  }

  @Test
  void timeCountsLikeSpace() {
    var grid = new TokenGrid(new ClipShape(4, 8, 16, 2, 8)); // two slots of two tokens
    var statistics =
        new VisibleStatistics(
            grid,
            new int[] {1, 2},
            new PixelScale[] {PixelScale.grey(0.2, 0), PixelScale.grey(0.6, 0)});
    assertThat(statistics.at(0).centre()[0]).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void tokensFartherThanTheEightNearest_haveNoSay() {
    var grid = new TokenGrid(new ClipShape(2, 8, 80, 2, 8)); // ten tokens in a row
    int[] visible = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    PixelScale[] scales = new PixelScale[9];
    Arrays.fill(scales, PixelScale.grey(0.5, 0.1));
    scales[8] = PixelScale.grey(1000, 1000);
    assertThat(new VisibleStatistics(grid, visible, scales).at(0).centre()[0])
        .isCloseTo(0.5, within(1e-12));
  }
}
