package io.tubelet.augment;

import io.tubelet.clip.CropBox;
import io.tubelet.clip.Frames;
import java.util.Arrays;

/**
 * Pillow's two passes, first along the rows, then down the columns, each rounded to 8 bits.
 *
 * <p>The values between the passes lie in an {@code int[]} although they are bytes: the second pass
 * then runs over equal types and is vectorised by the compiler.
 */
final class AntialiasedResizer implements Resizer {
  private final CropBox box;
  private final int height;
  private final int width;
  private final TriangleTaps across;
  private final TriangleTaps down;
  private final int[] narrow; // [box height, width, 3]
  private final int[] line; // [width, 3]

  AntialiasedResizer(CropBox box, int height, int width) {
    this.box = box;
    this.height = height;
    this.width = width;
    across = TriangleTaps.of(box.width(), width);
    down = TriangleTaps.of(box.height(), height);
    narrow = new int[box.height() * width * 3];
    line = new int[width * 3];
  }

  @Override
  public void resize(Frames source, int frame, boolean flip, byte[] target, int offset) {
    int rowBytes = source.width() * 3;
    int corner = source.offset(frame) + box.top() * rowBytes + box.left() * 3;
    for (int y = 0; y < box.height(); y++) {
      alongRow(source.rgb(), corner + y * rowBytes, y * width * 3, flip);
    }
    for (int y = 0; y < height; y++) {
      downColumns(y, target, offset + y * width * 3);
    }
  }

  private void alongRow(byte[] rgb, int from, int to, boolean flip) {
    int step = flip ? -3 : 3;
    int out = flip ? to + (width - 1) * 3 : to;
    for (int x = 0; x < width; x++) {
      int red = TriangleTaps.HALF;
      int green = TriangleTaps.HALF;
      int blue = TriangleTaps.HALF;
      int pixel = from + across.first()[x] * 3;
      int tap = x * across.perPlace();
      int end = tap + across.count()[x];
      for (; tap < end; tap++) {
        int weight = across.weights()[tap];
        red += (rgb[pixel] & 0xff) * weight;
        green += (rgb[pixel + 1] & 0xff) * weight;
        blue += (rgb[pixel + 2] & 0xff) * weight;
        pixel += 3;
      }
      narrow[out] = red >> TriangleTaps.BITS;
      narrow[out + 1] = green >> TriangleTaps.BITS;
      narrow[out + 2] = blue >> TriangleTaps.BITS;
      out += step;
    }
  }

  private void downColumns(int y, byte[] target, int offset) {
    int values = line.length;
    Arrays.fill(line, TriangleTaps.HALF);
    for (int tap = 0; tap < down.count()[y]; tap++) {
      int weight = down.weights()[y * down.perPlace() + tap];
      int from = (down.first()[y] + tap) * values;
      for (int i = 0; i < values; i++) {
        line[i] += narrow[from + i] * weight;
      }
    }
    for (int i = 0; i < values; i++) {
      target[offset + i] = (byte) (line[i] >> TriangleTaps.BITS);
    }
  }
}
