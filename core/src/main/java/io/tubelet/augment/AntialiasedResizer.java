package io.tubelet.augment;

import static io.tubelet.augment.PackedPixels.COLOURS;

import io.tubelet.clip.CropBox;
import io.tubelet.clip.Frames;

/**
 * Pillow's two passes, first along the rows, then down the columns, each rounded to 8 bits.
 *
 * <p>Implementation note: the box is first turned on its side. Both passes then are sums of whole
 * lines, each times one weight, which the compiler vectorises; that more than pays for the turning.
 * Lines are unpacked when a sum first needs them, into as many places as a sum has terms, so that
 * they stay in the processor's nearest cache.
 */
final class AntialiasedResizer implements Resizer {
  /** Rows turned at a time: their lines of the cache are read from end to end. */
  private static final int ROWS_TO_TURN = 16;

  private static final int ROWS_TO_TURN_BACK = 8;

  private final CropBox box;
  private final int width;
  private final int height;
  private final int[][] columns; // [box width][box height], pixels
  private final int[][] narrowed; // [width][box height]
  private final int[][] rows; // [ROWS_TO_TURN_BACK][width]
  private final int[] row; // [width]
  private final Pass across;
  private final Pass down;

  AntialiasedResizer(CropBox box, int height, int width) {
    this.box = box;
    this.height = height;
    this.width = width;
    int length = (box.height() + ROWS_TO_TURN_BACK - 1) / ROWS_TO_TURN_BACK * ROWS_TO_TURN_BACK;
    columns = new int[box.width()][length];
    narrowed = new int[width][length];
    rows = new int[ROWS_TO_TURN_BACK][width];
    row = new int[width];
    across = new Pass(TriangleTaps.of(box.width(), width), length);
    down = new Pass(TriangleTaps.of(box.height(), height), width);
  }

  @Override
  public void resize(Frames source, int frame, boolean flip, byte[] target, int offset) {
    int rowBytes = source.width() * 3;
    int corner = source.offset(frame) + box.top() * rowBytes + box.left() * 3;
    for (int y = 0; y < box.height(); y += ROWS_TO_TURN) {
      int end = Math.min(y + ROWS_TO_TURN, box.height());
      turn(source.rgb(), corner + y * rowBytes, rowBytes, y, end);
    }
    across.begin();
    for (int x = 0; x < width; x++) {
      while (across.lacksLine(x)) {
        across.take(columns[across.lines()]);
      }
      across.sum(x, narrowed[x]);
    }
    down.begin();
    for (int y = 0; y < height; y++) {
      while (down.lacksLine(y)) {
        int inBlock = down.lines() % ROWS_TO_TURN_BACK;
        if (inBlock == 0) {
          turnBack(down.lines());
        }
        down.take(rows[inBlock]);
      }
      down.sum(y, row);
      PackedPixels.write(row, flip, target, offset + y * width * 3);
    }
  }

  private void turn(byte[] rgb, int begin, int rowBytes, int firstRow, int endRow) {
    int corner = begin;
    for (int[] column : columns) {
      int at = corner;
      for (int y = firstRow; y < endRow; y++) {
        column[y] = PackedPixels.read(rgb, at);
        at += rowBytes;
      }
      corner += 3;
    }
  }

  /**
   * Written out, as eight places of one line of the cache: a loop over rows takes twice as long.
   */
  private void turnBack(int y) {
    for (int x = 0; x < width; x++) {
      int[] column = narrowed[x];
      rows[0][x] = column[y];
      rows[1][x] = column[y + 1];
      rows[2][x] = column[y + 2];
      rows[3][x] = column[y + 3];
      rows[4][x] = column[y + 4];
      rows[5][x] = column[y + 5];
      rows[6][x] = column[y + 6];
      rows[7][x] = column[y + 7];
    }
  }

  /** Weighted sums of neighbouring lines, whose numbers never fall from one sum to the next. */
  private static final class Pass {
    private final TriangleTaps taps;
    private final int[][][] planes; // [terms of a sum][3][length], a ring
    private final int[][] sums; // [3][length]
    private int lines;

    Pass(TriangleTaps taps, int length) {
      this.taps = taps;
      planes = new int[taps.perPlace()][][];
      for (int i = 0; i < planes.length; i++) {
        planes[i] = PackedPixels.planes(length);
      }
      sums = PackedPixels.planes(length);
    }

    void begin() {
      lines = 0;
    }

    /** Lines taken since the beginning. */
    int lines() {
      return lines;
    }

    boolean lacksLine(int place) {
      return lines < taps.first()[place] + taps.count()[place];
    }

    void take(int[] pixels) {
      PackedPixels.unpack(pixels, planes[lines++ % planes.length]);
    }

    /** Odd and even numbers of terms differ in how they begin; the rest is pairs. */
    void sum(int place, int[] pixels) {
      int count = taps.count()[place];
      int first = taps.first()[place];
      int weight = place * taps.perPlace();
      for (int c = 0; c < COLOURS; c++) {
        int[] sum = sums[c];
        int term = count % 2;
        if (term == 1) {
          one(line(first, c), taps.weights()[weight], sum);
        } else {
          term = 2;
          two(
              line(first, c),
              taps.weights()[weight],
              line(first + 1, c),
              taps.weights()[weight + 1],
              sum);
        }
        for (; term < count; term += 2) {
          addTwo(
              line(first + term, c),
              taps.weights()[weight + term],
              line(first + term + 1, c),
              taps.weights()[weight + term + 1],
              sum);
        }
      }
      PackedPixels.pack(sums, TriangleTaps.BITS, pixels);
    }

    private int[] line(int number, int colour) {
      return planes[number % planes.length][colour];
    }

    private static void one(int[] a, int weightA, int[] sum) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] = TriangleTaps.HALF + a[i] * weightA;
      }
    }

    private static void two(int[] a, int weightA, int[] b, int weightB, int[] sum) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] = TriangleTaps.HALF + a[i] * weightA + b[i] * weightB;
      }
    }

    private static void addTwo(int[] a, int weightA, int[] b, int weightB, int[] sum) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += a[i] * weightA + b[i] * weightB;
      }
    }
  }
}
