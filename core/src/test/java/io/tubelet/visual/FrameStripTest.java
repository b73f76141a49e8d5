package io.tubelet.visual;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.clip.Frames;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class FrameStripTest {

  /** Frame t is a plane of grey 10 t. */
  private static Frames grey(int count, int height, int width) {
    byte[] rgb = new byte[count * height * width * 3];
    for (int t = 0; t < count; t++) {
      int frame = height * width * 3;
      Arrays.fill(rgb, t * frame, (t + 1) * frame, (byte) (10 * t));
    }
    return new Frames(count, height, width, rgb);
  }

  private static BufferedImage draw(FrameStrip strip, Frames frames) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(strip.png(frames)));
  }

  @Test
  void frames_areEvenlySpacedFromFirstToLast() throws IOException {
    BufferedImage strip = draw(new FrameStrip(3, 20), grey(16, 40, 60)); // each 30 wide
    assertThat(strip.getWidth()).isEqualTo(3 * 30 + 2 * 2);
    assertThat(strip.getHeight()).isEqualTo(20);
    assertThat(strip.getRGB(15, 10) & 0xFF).isZero();
    assertThat(strip.getRGB(47, 10) & 0xFF).isEqualTo(70);
    assertThat(strip.getRGB(79, 10) & 0xFF).isEqualTo(150);
  }

  @Test
  void singleFrame_isAStripOfOne() throws IOException {
    assertThat(draw(FrameStrip.SMALL, grey(1, 96, 96)).getWidth()).isEqualTo(96);
  }
}
