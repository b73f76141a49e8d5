package io.tubelet.visual;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.PathIterator;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LetteringTest {

  private static final char MISSING = '\u2603';

  /** The strokes of a letter as text, to tell it from the box drawn for missing ones. */
  private static String outline(char c) {
    var points = new StringBuilder();
    PathIterator path = StrokeFont.strokes(String.valueOf(c), 0, 0, 1).getPathIterator(null);
    for (double[] at = new double[6]; !path.isDone(); path.next()) {
      points
          .append(path.currentSegment(at))
          .append(':')
          .append(at[0])
          .append(',')
          .append(at[1])
          .append(' ');
    }
    return points.toString();
  }

  private static boolean known(char c) {
    return !outline(c).equals(outline(MISSING));
  }

  @ParameterizedTest
  @EnumSource(Panel.class)
  void lettersOfPanelLabels_areAllDrawn(Panel panel) {
    assertThat(panel.label().chars().allMatch(c -> known((char) c))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Denormalisation.class)
  void lettersOfModeLabels_areAllDrawn(Denormalisation mode) {
    assertThat(mode.label().chars().allMatch(c -> known((char) c))).isTrue();
  }

  @Test
  void lettersNumbersAndSignsOfCaptions_areAllDrawn() {
    String text = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;%()-_/+=×' ";
    assertThat(text.chars().allMatch(c -> known((char) c))).isTrue();
    assertThat(known(MISSING)).isFalse();
  }

  @Test
  void width_ofTheDrawnText_holdsItsInk() {
    var image = new BufferedImage(300, 30, BufferedImage.TYPE_INT_RGB);
    var g = image.createGraphics();
    g.setColor(ReconstructionStrip.PAPER);
    g.fillRect(0, 0, 300, 30);
    Lettering.draw(g, "mask ratio 0.90", 10, 5);
    g.dispose();
    int first = 300;
    int last = -1;
    int paper = ReconstructionStrip.PAPER.getRGB();
    for (int x = 0; x < 300; x++) {
      for (int y = 0; y < 30; y++) {
        if (image.getRGB(x, y) != paper) {
          first = Math.min(first, x);
          last = Math.max(last, x);
        }
      }
    }
    assertThat(first).isBetween(9, 11);
    assertThat(last)
        .isBetween(
            10 + Lettering.width("mask ratio 0.90") - 4,
            10 + Lettering.width("mask ratio 0.90") + 1);
  }

  @Test
  void lines_breakBetweenWordsAndLoseNone() {
    String text = "de-normalised with statistics of the visible patches";
    List<String> lines = Lettering.lines(text, 120);
    assertThat(lines).hasSizeGreaterThan(2);
    assertThat(String.join(" ", lines)).isEqualTo(text);
    assertThat(lines).allMatch(line -> Lettering.width(line) <= 120);
  }
}
