package io.tubelet.clip;

/** A rectangle of source pixels, the same in all frames of a clip. */
public record CropBox(int top, int left, int height, int width) {

  public CropBox {
    if (top < 0 || left < 0 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "a crop box needs top, left >= 0 and height, width >= 1, got top=%d left=%d height=%d width=%d"
              .formatted(top, left, height, width));
    }
  }
}
