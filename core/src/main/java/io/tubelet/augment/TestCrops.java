package io.tubelet.augment;

import io.tubelet.clip.CropBox;
import io.tubelet.clip.Size;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a test looks at a whole picture: brought to a short side, then one crop in the middle or
 * three along the long side. The official programs differ in every rounding.
 */
public enum TestCrops {
  /**
   * Resized as OpenCV resizes bytes; of three crops the second lies at half the room rounded down,
   * one alone at half the room rounded to even (the official validation).
   */
  VIDEO_MAE(Resampling.OPENCV_LINEAR) {
    @Override
    int longSide(Size source, int shortSide) {
      return Math.toIntExact((long) shortSide * source.longSide() / source.shortSide());
    }

    @Override
    int alongLongSide(int crop, int crops, int room) {
      return crops == 1 ? middle(room) : (int) (crop * ((double) room / (crops - 1)));
    }

    @Override
    int middle(int room) {
      return (int) Math.rint(room / 2.0);
    }
  },

  /** Resized as libtorch resizes floats; the middle is half the room rounded up. */
  MAE_ST(Resampling.BILINEAR) {
    @Override
    int longSide(Size source, int shortSide) {
      // In this order: the quotient is rounded first, so 115 / 112 * 224 is less than 230.
      return (int) Math.floor((double) source.longSide() / source.shortSide() * shortSide);
    }

    @Override
    int alongLongSide(int crop, int crops, int room) {
      boolean first = crops > 1 && crop == 0;
      boolean last = crops > 1 && crop == crops - 1;
      return first ? 0 : last ? room : middle(room);
    }

    @Override
    int middle(int room) {
      return (room + 1) / 2;
    }
  };

  private final Resampling resampling;

  TestCrops(Resampling resampling) {
    this.resampling = resampling;
  }

  /** How the picture is resized. */
  public Resampling resampling() {
    return resampling;
  }

  /** What a picture of size {@code source} is resized to; unchanged where it has the short side. */
  public Size resized(Size source, int shortSide) {
    if (source.shortSide() == shortSide) {
      return source;
    }
    int longSide = longSide(source, shortSide);
    return source.isTall() ? new Size(longSide, shortSide) : new Size(shortSide, longSide);
  }

  /**
   * The crops of a resized picture: left, middle, right, or top, middle, bottom of a tall one.
   *
   * @param crops 1, the middle, or 3
   * @param height of a crop, no more than the picture's
   * @param width of a crop, no more than the picture's
   */
  public List<CropBox> boxes(Size resized, int crops, int height, int width) {
    int down = resized.height() - height;
    int across = resized.width() - width;
    return IntStream.range(0, crops)
        .mapToObj(
            i ->
                resized.isTall()
                    ? new CropBox(alongLongSide(i, crops, down), middle(across), height, width)
                    : new CropBox(middle(down), alongLongSide(i, crops, across), height, width))
        .toList();
  }

  abstract int longSide(Size source, int shortSide);

  /** Where crop {@code crop} begins when {@code room} places are left for it. */
  abstract int alongLongSide(int crop, int crops, int room);

  /** Where a crop in the middle begins. */
  abstract int middle(int room);
}
