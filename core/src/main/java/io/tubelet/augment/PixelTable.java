package io.tubelet.augment;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import java.util.function.IntUnaryOperator;

/** A new value for each of the 256 that a colour of a pixel may have. */
record PixelTable(byte[] values) {

  /** The table of a function; results are cut to 0 to 255. */
  static PixelTable of(IntUnaryOperator function) {
    byte[] values = new byte[256];
    for (int v = 0; v < values.length; v++) {
      values[v] = (byte) Math.max(0, Math.min(255, function.applyAsInt(v)));
    }
    return new PixelTable(values);
  }

  static PixelTable identity() {
    return of(v -> v);
  }

  static PixelTable invert() {
    return of(v -> 255 - v);
  }

  /** The highest {@code bits} bits stay. */
  static PixelTable posterise(int bits) {
    return of(v -> v & -(1 << (8 - bits)));
  }

  static PixelTable solarise(int threshold) {
    return of(v -> v < threshold ? v : 255 - v);
  }

  static PixelTable solariseAdd(int sum) {
    return of(v -> v < 128 ? v + sum : v);
  }

  /** All colours of all frames. */
  Frames apply(Frames frames) {
    byte[] rgb = new byte[frames.rgb().length];
    write(frames.rgb(), rgb, 0, rgb.length, 1);
    return new Frames(frames.count(), frames.height(), frames.width(), rgb);
  }

  /** All colours of one frame. */
  void writeFrame(Frames frames, int frame, byte[] target) {
    write(frames.rgb(), target, frames.offset(frame), frames.offset(frame + 1), 1);
  }

  /** One colour of one frame. */
  void writeColour(Frames frames, int frame, int colour, byte[] target) {
    int from = frames.offset(frame) + colour;
    write(frames.rgb(), target, from, frames.offset(frame + 1), ClipShape.CHANNELS);
  }

  private void write(byte[] source, byte[] target, int from, int to, int step) {
    for (int i = from; i < to; i += step) {
      target[i] = values[source[i] & 0xff];
    }
  }
}
