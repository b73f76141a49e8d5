package io.tubelet.clip;

/** Rows and columns of a picture. */
public record Size(int height, int width) {

  public Size {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "a picture needs height, width >= 1, got height=%d width=%d".formatted(height, width));
    }
  }

  public int shortSide() {
    return Math.min(height, width);
  }

  public int longSide() {
    return Math.max(height, width);
  }

  /** Whether it is higher than wide. */
  public boolean isTall() {
    return height > width;
  }
}
