package io.tubelet.visual;

import io.tubelet.clip.Frames;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * Frames of a clip side by side.
 *
 * @param mostFrames at most so many, evenly spaced from the first to the last
 * @param height of the picture in pixels; the frames keep their proportions
 */
public record FrameStrip(int mostFrames, int height) {

  /** Five small frames, for a page that shows many clips. */
  public static final FrameStrip SMALL = new FrameStrip(5, 96);

  private static final int GAP = 2;

  public FrameStrip {
    if (mostFrames < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a strip needs at least one frame and one line, got mostFrames=%d height=%d"
              .formatted(mostFrames, height));
    }
  }

  /** The picture as a PNG file. */
  public byte[] png(Frames frames) {
    int[] shown = FrameImage.evenly(frames.count(), mostFrames);
    int width = Math.max(1, Math.round((float) height * frames.width() / frames.height()));
    var image =
        new BufferedImage(shown.length * (width + GAP) - GAP, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.setColor(ReconstructionStrip.PAPER);
    g.fillRect(0, 0, image.getWidth(), height);
    for (int column = 0; column < shown.length; column++) {
      g.drawImage(
          FrameImage.of(frames, shown[column]), column * (width + GAP), 0, width, height, null);
    }
    g.dispose();
    return FrameImage.png(image);
  }
}
