package io.tubelet.visual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.mask.FrameMasking;
import io.tubelet.mask.Mask;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MaskFigureTest {
  private static final ClipShape CLIP = new ClipShape(8, 32, 48, 2, 16);
  private static final int RED = 0xC80000;

  private static Frames red() {
    byte[] rgb = new byte[CLIP.bytes()];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = (byte) 200;
    }
    return new Frames(8, 32, 48, rgb);
  }

  private static MaskFigure figure(Mask... masks) {
    return new MaskFigure(
        red(),
        CLIP,
        Arrays.stream(masks).map(m -> new MaskFigure.Row(List.of("a mask"), m)).toList());
  }

  private static long redPixels(BufferedImage image) {
    return Arrays.stream(
            image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
        .filter(pixel -> (pixel & 0xFFFFFF) == RED)
        .count();
  }

  @Test
  void draw_rows_showTheirVisibleTokensAndNoOthers() {
    long whole = redPixels(figure().draw()); // the clip, 24 tokens
    Mask quarter = new FrameMasking(0.75).draw(CLIP, new SplittableRandom(1));
    Mask half = new FrameMasking(0.5).draw(CLIP, new SplittableRandom(1));

    assertThat(redPixels(figure(quarter, half).draw())).isEqualTo(whole + whole / 4 + whole / 2);
  }

  @Test
  void draw_anotherRow_addsToTheHeightAlone() {
    Mask mask = new FrameMasking(0.75).draw(CLIP, new SplittableRandom(1));
    BufferedImage one = figure(mask).draw();
    BufferedImage two = figure(mask, mask).draw();
    assertThat(two.getWidth()).isEqualTo(one.getWidth());
    assertThat(two.getHeight()).isGreaterThan(one.getHeight());
  }

  @Test
  void clip_ofAnotherShape_isRefused() {
    assertThatThrownBy(() -> new MaskFigure(red(), new ClipShape(8, 32, 32, 2, 16), List.of()))
        .hasMessageContaining("clip")
        .hasMessageContaining("48");
  }
}
