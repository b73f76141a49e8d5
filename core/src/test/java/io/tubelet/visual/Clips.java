package io.tubelet.visual;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import java.util.Arrays;

/** A made-up clip: a colour gradient with texture and a bright disc that moves across it. */
final class Clips {

  private Clips() {}

  static Frames movingDisc(ClipShape shape) {
    byte[] rgb = new byte[shape.bytes()];
    int i = 0;
    for (int t = 0; t < shape.frames(); t++) {
      double cx = shape.width() * (0.2 + 0.6 * t / Math.max(1, shape.frames() - 1));
      double cy = shape.height() * (0.5 + 0.2 * Math.sin(t * 0.6));
      double radius = shape.width() / 6.0;
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          double texture = 18 * Math.sin(x * 0.9) * Math.cos(y * 0.7);
          boolean disc = Math.hypot(x - cx, y - cy) < radius;
          rgb[i++] = level(disc ? 240 : 200.0 * x / shape.width() + texture);
          rgb[i++] = level(disc ? 220 - 2.0 * (y - cy) : 60 + 120.0 * y / shape.height() + texture);
          rgb[i++] = level(disc ? 60 : 160 - 100.0 * x / shape.width() + texture);
        }
      }
    }
    return new Frames(shape.frames(), shape.height(), shape.width(), rgb);
  }

  private static byte level(double value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }

  /** All frames of a shape, for a model that predicts every one. */
  static int[] allFrames(ClipShape shape) {
    int[] frames = new int[shape.frames()];
    for (int t = 0; t < frames.length; t++) {
      frames[t] = t;
    }
    return frames;
  }

  /**
   * The exact target of some tokens: what a perfect model would predict.
   *
   * @param frames predicted, equally many a slot
   */
  static float[][] targets(
      Frames clip, ClipShape shape, int[] tokens, int[] frames, TargetScale scale) {
    var grid = new TokenGrid(shape);
    int perSlot = frames.length / shape.slots();
    float[][] values = new float[tokens.length][];
    for (int m = 0; m < tokens.length; m++) {
      int first = grid.slot(tokens[m]) * perSlot;
      float[] pixels =
          grid.pixels(clip, tokens[m], Arrays.copyOfRange(frames, first, first + perSlot));
      PixelScale s = scale.of(pixels);
      values[m] = new float[pixels.length];
      for (int v = 0; v < pixels.length; v++) {
        values[m][v] = (float) ((pixels[v] - s.centre()[v % 3]) / s.gain()[v % 3]);
      }
    }
    return values;
  }
}
