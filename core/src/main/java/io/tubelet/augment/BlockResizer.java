package io.tubelet.augment;

import io.tubelet.clip.CropBox;
import io.tubelet.clip.Frames;

/**
 * OpenCV's INTER_AREA where both sides shrink by a whole number, byte for byte: the mean of a
 * block. Blocks of 2 x 2 round up at one half, others to even.
 */
final class BlockResizer implements Resizer {
  private final CropBox box;
  private final int height;
  private final int width;
  private final int blockHeight;
  private final int blockWidth;

  BlockResizer(CropBox box, int height, int width) {
    this.box = box;
    this.height = height;
    this.width = width;
    blockHeight = box.height() / height;
    blockWidth = box.width() / width;
  }

  /** Whether {@code from} places make {@code to} whole blocks. */
  static boolean divides(int from, int to) {
    double scale = 1 / ((double) to / from);
    return Math.abs(scale - Math.rint(scale)) < Math.ulp(1.0); // which a few whole numbers miss
  }

  @Override
  public void resize(Frames source, int frame, boolean flip, byte[] target, int offset) {
    int rowBytes = source.width() * 3;
    int corner = source.offset(frame) + box.top() * rowBytes + box.left() * 3;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int block = corner + y * blockHeight * rowBytes + x * blockWidth * 3;
        int to = offset + (y * width + (flip ? width - 1 - x : x)) * 3;
        for (int c = 0; c < 3; c++) {
          target[to + c] = (byte) mean(sum(source.rgb(), block + c, rowBytes));
        }
      }
    }
  }

  private int sum(byte[] rgb, int block, int rowBytes) {
    int sum = 0;
    for (int y = 0; y < blockHeight; y++) {
      for (int x = 0; x < blockWidth; x++) {
        sum += rgb[block + y * rowBytes + x * 3] & 0xff;
      }
    }
    return sum;
  }

  private int mean(int sum) {
    return blockHeight == 2 && blockWidth == 2
        ? (sum + 2) >> 2
        : (int) Math.rint(sum * (1f / (blockHeight * blockWidth)));
  }
}
