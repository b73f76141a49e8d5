package io.tubelet.augment;

import io.tubelet.clip.CropBox;
import io.tubelet.clip.Frames;
import java.util.Arrays;

/**
 * OpenCV's INTER_AREA for shrinking bytes, byte for byte: each pixel is the mean of the source area
 * that it covers, pixels at the rim of the area counted by their share.
 *
 * <p>Sums are float32 and in OpenCV's order: first along the row, then down.
 */
final class AreaResizer implements Resizer {
  private final CropBox box;
  private final int height;
  private final int width;
  private final Cover across;
  private final Cover down;
  private final float[] row; // [width, 3]
  private final float[] sum; // [width, 3]

  /**
   * The source places that a resized place covers, and by what share: place {@code i} has those
   * from {@code begin[i]} up to {@code begin[i + 1]}.
   */
  private record Cover(int[] begin, int[] source, float[] share) {

    /** Shares below this are left out. */
    private static final double LEAST = 1e-3;

    static Cover of(int from, int to) {
      double scale = 1 / ((double) to / from); // not from / to: OpenCV rounds twice
      int[] begin = new int[to + 1];
      int[] source = new int[from + 2 * to];
      float[] share = new float[from + 2 * to];
      int n = 0;
      for (int i = 0; i < to; i++) {
        double left = i * scale;
        double right = left + scale;
        double size = Math.min(scale, from - left);
        int last = Math.min((int) right, from - 1);
        int first = Math.min((int) Math.ceil(left), last);
        begin[i] = n;
        if (first - left > LEAST) {
          source[n] = first - 1;
          share[n++] = (float) ((first - left) / size);
        }
        for (int s = first; s < last; s++) {
          source[n] = s;
          share[n++] = (float) (1 / size);
        }
        if (right - last > LEAST) {
          source[n] = last;
          share[n++] = (float) (Math.min(Math.min(right - last, 1), size) / size);
        }
      }
      begin[to] = n;
      return new Cover(begin, source, share);
    }
  }

  AreaResizer(CropBox box, int height, int width) {
    this.box = box;
    this.height = height;
    this.width = width;
    across = Cover.of(box.width(), width);
    down = Cover.of(box.height(), height);
    row = new float[width * 3];
    sum = new float[width * 3];
  }

  @Override
  public void resize(Frames source, int frame, boolean flip, byte[] target, int offset) {
    int rowBytes = source.width() * 3;
    int corner = source.offset(frame) + box.top() * rowBytes + box.left() * 3;
    for (int y = 0; y < height; y++) {
      Arrays.fill(sum, 0);
      for (int k = down.begin[y]; k < down.begin[y + 1]; k++) {
        alongRow(source.rgb(), corner + down.source[k] * rowBytes, flip);
        float share = down.share[k];
        for (int i = 0; i < sum.length; i++) {
          sum[i] += share * row[i];
        }
      }
      round(target, offset + y * width * 3);
    }
  }

  private void alongRow(byte[] rgb, int begin, boolean flip) {
    for (int x = 0; x < width; x++) {
      float red = 0;
      float green = 0;
      float blue = 0;
      for (int k = across.begin[x]; k < across.begin[x + 1]; k++) {
        int at = begin + across.source[k] * 3;
        float share = across.share[k];
        red += (rgb[at] & 0xff) * share;
        green += (rgb[at + 1] & 0xff) * share;
        blue += (rgb[at + 2] & 0xff) * share;
      }
      int to = (flip ? width - 1 - x : x) * 3;
      row[to] = red;
      row[to + 1] = green;
      row[to + 2] = blue;
    }
  }

  private void round(byte[] target, int offset) {
    for (int i = 0; i < sum.length; i++) {
      target[offset + i] = (byte) Math.min(255, (int) Math.rint(sum[i]));
    }
  }
}
