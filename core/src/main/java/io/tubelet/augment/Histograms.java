package io.tubelet.augment;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import java.util.function.Function;

/**
 * Operations whose table depends on how often a frame has each value: one table for each colour of
 * each frame, with Pillow's integer divisions.
 */
final class Histograms {
  private Histograms() {}

  static Frames autoContrast(Frames frames) {
    return colourByColour(frames, Histograms::stretched);
  }

  static Frames equalise(Frames frames) {
    return colourByColour(frames, Histograms::equalised);
  }

  private static Frames colourByColour(Frames frames, Function<int[], PixelTable> table) {
    byte[] rgb = new byte[frames.rgb().length];
    for (int t = 0; t < frames.count(); t++) {
      for (int c = 0; c < ClipShape.CHANNELS; c++) {
        table.apply(histogram(frames, t, c)).writeColour(frames, t, c, rgb);
      }
    }
    return new Frames(frames.count(), frames.height(), frames.width(), rgb);
  }

  private static int[] histogram(Frames frames, int frame, int colour) {
    int[] counts = new int[256];
    int to = frames.offset(frame + 1);
    for (int i = frames.offset(frame) + colour; i < to; i += ClipShape.CHANNELS) {
      counts[frames.rgb()[i] & 0xff]++;
    }
    return counts;
  }

  /** The smallest value to 0, the largest to 255. */
  private static PixelTable stretched(int[] counts) {
    int low = 0;
    while (counts[low] == 0) {
      low++;
    }
    int high = last(counts);
    if (high == low) {
      return PixelTable.identity();
    }
    double scale = 255.0 / (high - low);
    double offset = -low * scale;
    return PixelTable.of(v -> (int) (v * scale + offset));
  }

  /** A value to the share of pixels below it, in steps of whole pixels. */
  private static PixelTable equalised(int[] counts) {
    int pixels = 0;
    for (int count : counts) {
      pixels += count;
    }
    int step = (pixels - counts[last(counts)]) / 255;
    if (step == 0) { // also where there is one value only
      return PixelTable.identity();
    }
    int[] below = new int[256];
    below[0] = step / 2;
    for (int v = 1; v < below.length; v++) {
      below[v] = below[v - 1] + counts[v - 1];
    }
    return PixelTable.of(v -> below[v] / step);
  }

  private static int last(int[] counts) {
    int last = counts.length - 1;
    while (counts[last] == 0) {
      last--;
    }
    return last;
  }
}
