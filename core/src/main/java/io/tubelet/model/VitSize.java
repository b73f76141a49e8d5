package io.tubelet.model;

/**
 * Encoder sizes: ViT, https://arxiv.org/abs/2010.11929, Table 1; Ti and S after DeiT,
 * https://arxiv.org/abs/2012.12877, Table 1.
 */
public enum VitSize {
  TINY(192, 12, 3),
  SMALL(384, 12, 6),
  BASE(768, 12, 12),
  LARGE(1024, 24, 16),
  HUGE(1280, 32, 16);

  private final int width;
  private final int depth;
  private final int heads;

  VitSize(int width, int depth, int heads) {
    this.width = width;
    this.depth = depth;
    this.heads = heads;
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
