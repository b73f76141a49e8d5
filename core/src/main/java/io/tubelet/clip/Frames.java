package io.tubelet.clip;

/**
 * Decoded pixels: uint8 RGB, {@code [count, height, width, 3]}, row-major.
 *
 * <p>Worker threads hand these over; tensors are made by the thread that trains. The array is not
 * copied: whoever makes a {@code Frames} gives it away.
 */
public record Frames(int count, int height, int width, byte[] rgb) {

  public Frames {
    long want = (long) count * height * width * ClipShape.CHANNELS;
    if (rgb.length != want) {
      throw new IllegalArgumentException(
          "[T, H, W, 3] = [%d, %d, %d, 3] needs %d bytes, got %d"
              .formatted(count, height, width, want, rgb.length));
    }
  }

  /** Where the first byte of frame {@code t} lies. */
  public int offset(int t) {
    return t * height * width * ClipShape.CHANNELS;
  }
}
