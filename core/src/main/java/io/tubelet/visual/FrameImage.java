package io.tubelet.visual;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Between frames and the pictures of the JDK. */
public final class FrameImage {

  /** Frames narrower than this are shown enlarged. */
  private static final int READABLE_WIDTH = 128;

  private FrameImage() {}

  /** The smallest whole enlargement at which a frame can be looked at. */
  static int readableScale(ClipShape shape) {
    return (READABLE_WIDTH + shape.width() - 1) / shape.width();
  }

  /** Truncated linspace, the rule by which mae_st chooses the frames it predicts. */
  static int[] evenly(int frames, int most) {
    int[] shown = new int[Math.min(frames, most)];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = shown.length == 1 ? 0 : i * (frames - 1) / (shown.length - 1);
    }
    return shown;
  }

  static BufferedImage of(Frames frames, int t) {
    var image = new BufferedImage(frames.width(), frames.height(), BufferedImage.TYPE_INT_RGB);
    byte[] rgb = frames.rgb();
    int i = frames.offset(t);
    for (int y = 0; y < frames.height(); y++) {
      for (int x = 0; x < frames.width(); x++, i += ClipShape.CHANNELS) {
        int pixel = (rgb[i] & 0xFF) << 16 | (rgb[i + 1] & 0xFF) << 8 | (rgb[i + 2] & 0xFF);
        image.setRGB(x, y, pixel);
      }
    }
    return image;
  }

  /** Writes a picture's pixels as bytes, red first. */
  static void copy(BufferedImage image, byte[] rgb, int at) {
    int i = at;
    for (int pixel :
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth())) {
      rgb[i++] = (byte) (pixel >> 16);
      rgb[i++] = (byte) (pixel >> 8);
      rgb[i++] = (byte) pixel;
    }
  }

  public static byte[] png(BufferedImage image) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // cannot happen: memory only
    }
    return bytes.toByteArray();
  }
}
