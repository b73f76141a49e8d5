package io.tubelet.video;

/**
 * How frames are delivered.
 *
 * @param shortSide scale so that the shorter side has this many pixels, the other in proportion
 *     (rounded down); 0 keeps the coded size
 * @param motion whether {@link VideoReader#motion} is asked for
 */
public record DecodeOptions(int shortSide, boolean motion) {

  /** Frames as coded. */
  public static final DecodeOptions NATIVE = new DecodeOptions(0);

  public DecodeOptions {
    if (shortSide < 0) {
      throw new IllegalArgumentException(
          "short-side must be 0 (as coded) or more, got " + shortSide);
    }
  }

  /** Frames alone. */
  public DecodeOptions(int shortSide) {
    this(shortSide, false);
  }

  /** Rows delivered for a picture of this size; columns with the arguments exchanged. */
  int heightOf(int height, int width) {
    if (shortSide == 0) {
      return height;
    }
    return height <= width
        ? shortSide
        : (int) Math.min(Integer.MAX_VALUE, (long) shortSide * height / width);
  }
}
