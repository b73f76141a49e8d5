package io.tubelet.clip;

/**
 * The size of a clip and of the space-time patches ("tubelets") it is cut into; everything that
 * divides one by the other asks here.
 *
 * <p>Tokens are numbered time first, then row, then column, as in both papers' code.
 *
 * @param frames frames of a clip, T
 * @param height pixels, H
 * @param width pixels, W
 * @param tube frames of a tubelet, t
 * @param patch side of a tubelet in pixels, p
 */
public record ClipShape(int frames, int height, int width, int tube, int patch) {

  /** Colour channels; video is RGB. */
  public static final int CHANNELS = 3;

  public ClipShape {
    requirePositive("frames", frames);
    requirePositive("height", height);
    requirePositive("width", width);
    requirePositive("tube", tube);
    requirePositive("patch", patch);
    requireDivides("frames", frames, "tube", tube);
    requireDivides("height", height, "patch", patch);
    requireDivides("width", width, "patch", patch);
  }

  /** The same picture and tubelets, with another number of frames. */
  public ClipShape withFrames(int other) {
    return new ClipShape(other, height, width, tube, patch);
  }

  /** Places along time, T/t. */
  public int slots() {
    return frames / tube;
  }

  /** Places down the picture, H/p. */
  public int rows() {
    return height / patch;
  }

  /** Places across the picture, W/p. */
  public int columns() {
    return width / patch;
  }

  /** Tokens of one time slot. */
  public int tokensPerSlot() {
    return rows() * columns();
  }

  /** Tokens of a clip, N. */
  public int tokens() {
    return slots() * tokensPerSlot();
  }

  /** Values of one token's pixels, t*p*p*3, ordered (frame, row, column, channel). */
  public int valuesPerToken() {
    return tube * patch * patch * CHANNELS;
  }

  /** Bytes of one clip as uint8 RGB. */
  public int bytes() {
    return Math.multiplyExact(Math.multiplyExact(frames, height), width * CHANNELS);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "clip.%s must be at least 1, got %d".formatted(name, value));
    }
  }

  private static void requireDivides(String whole, int size, String part, int by) {
    if (size % by != 0) {
      throw new IllegalArgumentException(
          "clip.%s must be a multiple of clip.%s: %s=%d, %s=%d (remainder %d)"
              .formatted(whole, part, whole, size, part, by, size % by));
    }
  }
}
