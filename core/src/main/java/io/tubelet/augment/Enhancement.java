package io.tubelet.augment;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;

/**
 * Between a picture without a property and the picture that has it: factor 0 gives the former, 1
 * the latter, more than 1 goes beyond. Pillow's arithmetic: single precision, cut to 0 to 255,
 * fractions dropped.
 */
final class Enhancement {
  private Enhancement() {}

  /** The other end is black. */
  static Frames brightness(Frames frames, float factor) {
    return PixelTable.of(v -> blend(0, v, factor)).apply(frames);
  }

  /** The other end is the frame's mean grey, a whole number. */
  static Frames contrast(Frames frames, float factor) {
    byte[] rgb = new byte[frames.rgb().length];
    for (int t = 0; t < frames.count(); t++) {
      int mean = meanGrey(frames, t);
      PixelTable.of(v -> blend(mean, v, factor)).writeFrame(frames, t, rgb);
    }
    return with(frames, rgb);
  }

  /** The other end is the grey picture. */
  static Frames colour(Frames frames, float factor) {
    byte[] source = frames.rgb();
    byte[] rgb = new byte[source.length];
    for (int i = 0; i < rgb.length; i += ClipShape.CHANNELS) {
      int grey = grey(source, i);
      rgb[i] = (byte) blend(grey, source[i] & 0xff, factor);
      rgb[i + 1] = (byte) blend(grey, source[i + 1] & 0xff, factor);
      rgb[i + 2] = (byte) blend(grey, source[i + 2] & 0xff, factor);
    }
    return with(frames, rgb);
  }

  /**
   * The other end is the picture averaged over 3 x 3 pixels, the middle one five times; the outer
   * pixels are not averaged and so stay as they are.
   */
  static Frames sharpness(Frames frames, float factor) {
    byte[] source = frames.rgb();
    byte[] rgb = source.clone();
    int rowBytes = frames.width() * ClipShape.CHANNELS;
    for (int t = 0; t < frames.count(); t++) {
      for (int y = 1; y < frames.height() - 1; y++) {
        int row = frames.offset(t) + y * rowBytes;
        for (int i = row + ClipShape.CHANNELS; i < row + rowBytes - ClipShape.CHANNELS; i++) {
          int own = source[i] & 0xff;
          int sum = three(source, i - rowBytes) + three(source, i) + three(source, i + rowBytes);
          int smooth = (2 * (sum + 4 * own) + 13) / 26; // a thirteenth, rounded
          rgb[i] = (byte) blend(smooth, own, factor);
        }
      }
    }
    return with(frames, rgb);
  }

  private static int three(byte[] rgb, int i) {
    return (rgb[i - ClipShape.CHANNELS] & 0xff)
        + (rgb[i] & 0xff)
        + (rgb[i + ClipShape.CHANNELS] & 0xff);
  }

  private static int blend(int without, int with, float factor) {
    int blended = (int) (without + factor * (with - without));
    return Math.max(0, Math.min(255, blended));
  }

  private static int meanGrey(Frames frames, int frame) {
    long sum = 0;
    int to = frames.offset(frame + 1);
    for (int i = frames.offset(frame); i < to; i += ClipShape.CHANNELS) {
      sum += grey(frames.rgb(), i);
    }
    return (int) ((double) sum / (frames.height() * frames.width()) + 0.5);
  }

  /** Luma of BT.601 with 16-bit weights, rounded. */
  private static int grey(byte[] rgb, int pixel) {
    int red = rgb[pixel] & 0xff;
    int green = rgb[pixel + 1] & 0xff;
    int blue = rgb[pixel + 2] & 0xff;
    return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
  }

  private static Frames with(Frames frames, byte[] rgb) {
    return new Frames(frames.count(), frames.height(), frames.width(), rgb);
  }
}
