package io.tubelet.augment;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;

/**
 * Every hue moved along the circle of hues of the hexagonal cone (HSV): the largest and the
 * smallest of a pixel's three values stay what they are, and so do greys.
 */
final class HueTurn {
  private static final int SEXTANTS = 6;

  private HueTurn() {}

  /** By a share of the circle, counted from red towards green. */
  static Frames apply(Frames frames, float share) {
    byte[] source = frames.rgb();
    byte[] rgb = source.clone();
    float turn = (share - (float) Math.floor(share)) * SEXTANTS;
    for (int i = 0; i < rgb.length; i += ClipShape.CHANNELS) {
      int red = source[i] & 0xff;
      int green = source[i + 1] & 0xff;
      int blue = source[i + 2] & 0xff;
      int largest = Math.max(red, Math.max(green, blue));
      int smallest = Math.min(red, Math.min(green, blue));
      if (largest > smallest) {
        float hue = sextant(red, green, blue, largest, largest - smallest) + turn;
        write(hue, largest, smallest, rgb, i);
      }
    }
    return new Frames(frames.count(), frames.height(), frames.width(), rgb);
  }

  /** Red is 0, green 2, blue 4; from 0 up to 6. */
  private static float sextant(int red, int green, int blue, int largest, float range) {
    if (largest == red) {
      float hue = (green - blue) / range;
      return hue < 0 ? hue + SEXTANTS : hue;
    }
    return largest == green ? 2 + (blue - red) / range : 4 + (red - green) / range;
  }

  /** Of the three values one is the largest, one the smallest, and one on its way between them. */
  private static void write(float hue, int largest, int smallest, byte[] rgb, int at) {
    int number = (int) hue;
    float way = (hue - number) * (largest - smallest);
    byte high = (byte) largest;
    byte low = (byte) smallest;
    byte rising = (byte) Math.round(smallest + way);
    byte falling = (byte) Math.round(largest - way);
    switch (number % SEXTANTS) {
      case 0 -> set(rgb, at, high, rising, low);
      case 1 -> set(rgb, at, falling, high, low);
      case 2 -> set(rgb, at, low, high, rising);
      case 3 -> set(rgb, at, low, falling, high);
      case 4 -> set(rgb, at, rising, low, high);
      default -> set(rgb, at, high, low, falling);
    }
  }

  private static void set(byte[] rgb, int at, byte red, byte green, byte blue) {
    rgb[at] = red;
    rgb[at + 1] = green;
    rgb[at + 2] = blue;
  }
}
