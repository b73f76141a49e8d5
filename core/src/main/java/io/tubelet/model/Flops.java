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
    return attention(tokens, tokens, width)
        .plus(mlp(tokens, width, config))
        .plus(norm(2 * tokens, width))
        .times(depth);
  }

  /** Some tokens through a block in which they ask others, which are only normalised. */
  public static Flops asking(long asking, long answering, int width, BlockConfig config) {
    return attention(asking, answering, width)
        .plus(mlp(asking, width, config))
        .plus(norm(2 * asking + answering, width));
  }

  /** Query and output of those that ask, key and value of those that answer, and both products. */
  private static Flops attention(long asking, long answering, int width) {
    return linear(2 * (asking + answering), width, width)
        .plus(new Flops(2 * asking * answering * width, 0));
  }

  private static Flops mlp(long tokens, int width, BlockConfig config) {
    return linear(2 * tokens, width, (long) (width * config.mlpRatio()));
  }

  /**
   * What this implementation computes: visible pixels are projected, only hidden tokens go through
   * the decoder's last block, and they are predicted.
   *
   * @param visible tokens that the encoder sees
   * @param hidden tokens that are predicted
   */
  public static Flops of(MaskedAutoencoderConfig config, int visible, int hidden) {
    return encoder(config, visible, config.encoded(visible, hidden))
        .plus(decoder(config, visible, hidden));
  }

  /**
   * As {@link #of(MaskedAutoencoderConfig, int, int)}, with an encoder that is given all tokens:
   * what mae_st's Table 1 compares with.
   */
  public static Flops ofDenseEncoder(MaskedAutoencoderConfig config, int visible, int hidden) {
    int tokens = config.clip().tokens();
    return encoder(config, tokens, tokens).plus(decoder(config, visible, hidden));
  }

  /**
   * What mae_st's program computes: it projects the pixels of all tokens, has all of them in every
   * block of the decoder, and predicts all.
   */
  public static Flops ofMaeStProgram(MaskedAutoencoderConfig config, int visible) {
    int tokens = config.clip().tokens();
    DecoderConfig decoder = config.decoder();
    return encoder(config, tokens, visible)
        .plus(projection(config, visible))
        .plus(
            blocks(decoder.depth(), classTokens(config) + tokens, decoder.width(), config.block()))
        .plus(prediction(config, classTokens(config) + tokens));
  }

  private static long classTokens(MaskedAutoencoderConfig config) {
    return config.classToken() ? 1 : 0;
  }

  private static Flops encoder(MaskedAutoencoderConfig config, long embedded, long seen) {
    long encoded = classTokens(config) + seen;
    EncoderConfig size = config.encoder();
    return linear(embedded, config.clip().valuesPerToken(), size.width())
        .plus(blocks(size.depth(), encoded, size.width(), config.block()))
        .plus(norm(encoded, size.width()));
  }

  private static Flops decoder(MaskedAutoencoderConfig config, long visible, long hidden) {
    return projection(config, config.encoded(visible, hidden))
        .plus(decoderBlocks(config, visible, hidden))
        .plus(prediction(config, hidden));
  }

  private static Flops projection(MaskedAutoencoderConfig config, long visible) {
    return linear(visible, config.encoder().width(), config.decoder().width());
  }

  private static Flops decoderBlocks(MaskedAutoencoderConfig config, long visible, long hidden) {
    DecoderConfig size = config.decoder();
    long answering = classTokens(config) + visible;
    return switch (size.attention()) {
      case SELF ->
          blocks(size.depth() - 1, answering + hidden, size.width(), config.block())
              .plus(asking(hidden, answering + hidden, size.width(), config.block()));
      case CROSS -> asking(hidden, answering, size.width(), config.block()).times(size.depth());
    };
  }

  private static Flops prediction(MaskedAutoencoderConfig config, long tokens) {
    int width = config.decoder().width();
    return norm(tokens, width).plus(linear(tokens, width, config.predictedValues()));
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

  /** What a model that learns by contrast computes to make queries, heads included. */
  public static Flops of(ContrastiveModelConfig config) {
    long tokens = config.clip().tokens() + (config.classToken() ? 1L : 0L);
    int width = config.encoder().width();
    long hidden = config.heads().hidden();
    long output = config.heads().output();
    return linear(config.clip().tokens(), config.clip().valuesPerToken(), width)
        .plus(blocks(config.encoder().depth(), tokens, width, config.block()))
        .plus(norm(tokens, width))
        .plus(linear(1, width, hidden).plus(linear(1, hidden, hidden)))
        .plus(linear(3, hidden, output)); // the projector's last layer and the predictor's two
  }

  /** What the backward pass of a masked autoencoder computes a second time. */
  public static Flops recomputed(
      MaskedAutoencoderConfig config, int visible, int hidden, Activations activations) {
    EncoderConfig encoder = config.encoder();
    Flops first =
        blocks(
            activations.recomputedOf(encoder.depth()),
            classTokens(config) + config.encoded(visible, hidden),
            encoder.width(),
            config.block());
    boolean decoderToo = activations.ofDecoder().equals(Activations.RECOMPUTE);
    return decoderToo ? first.plus(decoderBlocks(config, visible, hidden)) : first;
  }

  /** What the backward pass of a classifier computes a second time. */
  public static Flops recomputed(ClassifierConfig config, Activations activations) {
    return blocks(
        activations.recomputedOf(config.encoder().depth()),
        config.clip().tokens() + (config.classToken() ? 1L : 0L),
        config.encoder().width(),
        config.block());
  }

  /** What the backward pass of a model that learns by contrast computes a second time. */
  public static Flops recomputed(ContrastiveModelConfig config, Activations activations) {
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
