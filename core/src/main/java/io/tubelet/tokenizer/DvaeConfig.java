package io.tubelet.tokenizer;

/**
 * The size of a discrete variational autoencoder. Four groups of residual blocks, 1, 2, 4 and 8
 * times {@code width} wide, and a halving between each two.
 *
 * @param width channels of the first group; a multiple of 4
 * @param vocabulary words that there are, V
 * @param blocks residual blocks of a group
 * @param embedding channels that the decoder gives a word
 */
public record DvaeConfig(int width, int vocabulary, int blocks, int embedding) {
  /** The public image tokenizer, of 8192 words. */
  public static final DvaeConfig DALL_E = new DvaeConfig(256, 8192, 2, 128);

  /** Pixels of a word, down and across. */
  public static final int STRIDE = 8;

  static final int GROUPS = 4;

  /** A block is as narrow inside as its output divided by this. */
  static final int BOTTLENECK = 4;

  public DvaeConfig {
    if (width < 1 || width % BOTTLENECK != 0) {
      throw new IllegalArgumentException(
          "model.width must be a multiple of %d, got %d".formatted(BOTTLENECK, width));
    }
    requireAtLeast("vocabulary", vocabulary, 2);
    requireAtLeast("blocks", blocks, 1);
    requireAtLeast("embedding", embedding, 1);
  }

  /** Residual blocks of encoder or decoder. */
  int layers() {
    return GROUPS * blocks;
  }

  /** Channels of a group, counted from 0 at the pixels. */
  int channels(int group) {
    return width << group;
  }

  private static void requireAtLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "model.%s must be at least %d, got %d".formatted(name, least, value));
    }
  }
}
