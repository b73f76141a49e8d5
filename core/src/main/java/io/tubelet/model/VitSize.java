package io.tubelet.model;

/**
 * Encoder sizes: ViT, https://arxiv.org/abs/2010.11929, Table 1; Ti and S after DeiT,
 * https://arxiv.org/abs/2012.12877, Table 1.
 */
public enum VitSize {
  TINY("vit-ti", 192, 12, 3),
  SMALL("vit-s", 384, 12, 6),
  BASE("vit-b", 768, 12, 12),
  LARGE("vit-l", 1024, 24, 16),
  HUGE("vit-h", 1280, 32, 16);

  private final String label;
  private final int width;
  private final int depth;
  private final int heads;

  VitSize(String label, int width, int depth, int heads) {
    this.label = label;
    this.width = width;
    this.depth = depth;
    this.heads = heads;
  }

  /** The name that is used on the command line: {@code vit-b}. */
  public String label() {
    return label;
  }

  /** Channels of a token, D. */
  public int width() {
    return width;
  }

  /** Number of blocks. */
  public int depth() {
    return depth;
  }

  /** Attention heads of a block. */
  public int heads() {
    return heads;
  }

  /** This size as an encoder. */
  public EncoderConfig encoder() {
    return new EncoderConfig(width, depth, heads);
  }
}
