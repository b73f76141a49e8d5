package io.tubelet.model;

import io.tubelet.nn.BlockConfig;
import io.tubelet.tensor.Activations;

/**
 * Multiply-adds of one clip's forward pass. Both papers call one multiply-add a FLOP.
 *
 * @param products in matrix products
 * @param norms five for each value that a layer norm touches, which the counter behind VideoMAE's
 *     figures adds and mae_st's leaves out
 */
public record Flops(long products, long norms) {
  private static final int PER_NORMALISED_VALUE = 5;

  /** Rows through a linear layer. */
  public static Flops linear(long rows, long in, long out) {
    return new Flops(rows * in * out, 0);
  }

  /** Tokens through a layer norm. */
  public static Flops norm(long tokens, long width) {
    return new Flops(0, PER_NORMALISED_VALUE * tokens * width);
  }

  /** Tokens through blocks: the projections, {@code q k^T}, its product with v, and the MLP. */
  public static Flops blocks(int depth, long tokens, int width, BlockConfig config) {
    long hidden = (long) (width * config.mlpRatio());
    long products =
        4 * tokens * width * width + 2 * tokens * tokens * width + 2 * tokens * width * hidden;
    return new Flops(products, 0).plus(norm(2 * tokens, width)).times(depth);
  }

  /** What this implementation computes: visible pixels are projected, hidden tokens predicted. */
  public static Flops of(MaskedAutoencoderConfig config, int visible) {
    return of(config, visible, visible, visible, config.clip().tokens() - visible);
  }

  /**
   * As {@link #of(MaskedAutoencoderConfig, int)}, with an encoder that is given all tokens: what
   * mae_st's Table 1 compares with.
   */
  public static Flops ofDenseEncoder(MaskedAutoencoderConfig config, int visible) {
    int tokens = config.clip().tokens();
    return of(config, visible, tokens, tokens, tokens - visible);
  }

  /**
   * What mae_st's program computes: it projects the pixels of all tokens and predicts all of them.
   */
  public static Flops ofMaeStProgram(MaskedAutoencoderConfig config, int visible) {
    long classToken = config.classToken() ? 1 : 0;
    int tokens = config.clip().tokens();
    return of(config, visible, visible, tokens, classToken + tokens);
  }

  private static Flops of(
      MaskedAutoencoderConfig config, long visible, long seen, long embedded, long predicted) {
    long classToken = config.classToken() ? 1 : 0;
    long encoded = classToken + seen;
    long decoded = classToken + config.clip().tokens();
    EncoderConfig encoder = config.encoder();
    DecoderConfig decoder = config.decoder();
    return linear(embedded, config.clip().valuesPerToken(), encoder.width())
        .plus(blocks(encoder.depth(), encoded, encoder.width(), config.block()))
        .plus(norm(encoded, encoder.width()))
        .plus(linear(visible, encoder.width(), decoder.width()))
        .plus(blocks(decoder.depth(), decoded, decoder.width(), config.block()))
        .plus(norm(predicted, decoder.width()))
        .plus(linear(predicted, decoder.width(), config.predicted().valuesPerToken()));
  }

  /** What a classifier computes, all tokens and the head. */
  public static Flops of(ClassifierConfig config) {
    long tokens = config.clip().tokens() + (config.classToken() ? 1L : 0L);
    int width = config.encoder().width();
    return linear(config.clip().tokens(), config.clip().valuesPerToken(), width)
        .plus(blocks(config.encoder().depth(), tokens, width, config.block()))
        .plus(norm(1, width))
        .plus(linear(1, width, config.classes()));
  }

  /** What the backward pass of a masked autoencoder computes a second time. */
  public static Flops recomputed(
      MaskedAutoencoderConfig config, int visible, Activations activations) {
    long classToken = config.classToken() ? 1 : 0;
    EncoderConfig encoder = config.encoder();
    DecoderConfig decoder = config.decoder();
    return blocks(
            activations.recomputedOf(encoder.depth()),
            classToken + visible,
            encoder.width(),
            config.block())
        .plus(
            blocks(
                activations.ofDecoder().recomputedOf(decoder.depth()),
                classToken + config.clip().tokens(),
                decoder.width(),
                config.block()));
  }

  /** What the backward pass of a classifier computes a second time. */
  public static Flops recomputed(ClassifierConfig config, Activations activations) {
    return blocks(
        activations.recomputedOf(config.encoder().depth()),
        config.clip().tokens() + (config.classToken() ? 1L : 0L),
        config.encoder().width(),
        config.block());
  }

  /** Both counts added. */
  public Flops plus(Flops other) {
    return new Flops(products + other.products, norms + other.norms);
  }

  /** Both counts, so many times. */
  public Flops times(int factor) {
    return new Flops(products * factor, norms * factor);
  }

  /** Products and norms. */
  public long total() {
    return products + norms;
  }
}
