package io.tubelet.model;

import io.tubelet.nn.BlockConfig;
import io.tubelet.tensor.Precision;

/**
 * An estimate of what a training step holds in memory, to choose a batch before trying it.
 *
 * @param state bytes of weights, gradients and both moments, all float32
 * @param activationsPerClip bytes kept for the backward pass, one clip
 */
public record TrainingMemory(long state, long activationsPerClip) {
  private static final int STATE_BYTES = 4 * Float.BYTES;

  /** The memory of a masked autoencoder that sees {@code visible} tokens of each clip. */
  public static TrainingMemory of(
      MaskedAutoencoderConfig config, int visible, long parameters, Precision precision) {
    EncoderConfig encoder = config.encoder();
    DecoderConfig decoder = config.decoder();
    int tokens = config.clip().tokens();
    long kept =
        visible * (long) config.clip().valuesPerToken() * Float.BYTES
            + blocks(encoder.depth(), visible, encoder.width(), config.block(), precision)
            + blocks(decoder.depth(), tokens, decoder.width(), config.block(), precision)
            + 3L * (tokens - visible) * config.predicted().valuesPerToken() * Float.BYTES;
    return new TrainingMemory(parameters * STATE_BYTES, kept);
  }

  /**
   * Kept by each block for a channel of a token: in float32 the two sums, query, key, value and
   * what attention made of them; in the layers' precision the inputs of the four products and of
   * the GELU.
   */
  private static long blocks(
      int depth, long tokens, int width, BlockConfig config, Precision precision) {
    int bytes = precision == Precision.FP32 ? Float.BYTES : Short.BYTES;
    double perChannel = 6 * Float.BYTES + bytes * (3 + 2 * config.mlpRatio());
    return (long) (depth * tokens * width * perChannel);
  }

  /** Bytes of a step with so many clips at once. */
  public long ofBatch(int clips) {
    return state + clips * activationsPerClip;
  }
}
