package io.tubelet.model;

import io.tubelet.nn.BlockConfig;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Precision;

/**
 * An estimate of what a training step holds in memory, to choose a batch before trying it.
 *
 * <p>Against the resident memory of a ViT-B step (VideoMAE's pre-training, batches of 1 and 5,
 * float32 and bf16; a classifier, batches of 2 in float32) it came within 10 %, and up to 15 %
 * below where all blocks recompute.
 *
 * @param state bytes of float32 weights, gradients and both moments, and of weights cast for bf16
 * @param activationsPerClip bytes kept for the backward pass, one clip
 */
public record TrainingMemory(long state, long activationsPerClip) {
  /** Passing results and the allocator's waste, in shares of what is kept. */
  private static final double PASSING = 0.5;

  /**
   * The memory of a masked autoencoder.
   *
   * @param visible tokens of a clip that the encoder sees
   * @param hidden tokens of a clip that are predicted
   * @param parameters trained values
   */
  public static TrainingMemory of(
      MaskedAutoencoderConfig config, int visible, int hidden, long parameters, Compute compute) {
    EncoderConfig encoder = config.encoder();
    DecoderConfig decoder = config.decoder();
    long encoded = config.encoded(visible, hidden) * encoder.width();
    long decoded = (visible + hidden) * (long) decoder.width();
    long predicted = hidden * (long) config.predictedValues();
    long kept =
        visible * (long) config.clip().valuesPerToken() * Float.BYTES
            + blocks(encoder.depth(), encoded, config.block(), compute)
            + blocks(
                decoder.depth(),
                decoded,
                config.block(),
                compute.with(compute.activations().ofDecoder()))
            + 3 * predicted * Float.BYTES; // prediction, target and their difference
    return new TrainingMemory(parameters * bytesOfState(compute), kept);
  }

  /**
   * The memory of a classifier.
   *
   * @param parameters trained values
   * @param averaged whether a running average of the weights is kept
   */
  public static TrainingMemory of(
      ClassifierConfig config, long parameters, boolean averaged, Compute compute) {
    long kept = ofWholeClip(config, compute);
    long bytes = bytesOfState(compute) + (averaged ? Float.BYTES : 0);
    return new TrainingMemory(parameters * bytes, kept);
  }

  /**
   * The memory of a model that learns by contrast.
   *
   * @param parameters trained values; about as many follow them
   */
  public static TrainingMemory of(ContrastiveModelConfig config, long parameters, Compute compute) {
    return new TrainingMemory(
        parameters * (bytesOfState(compute) + Float.BYTES),
        ofWholeClip(config.withoutHeads(), compute));
  }

  /** Bytes that an encoder keeps of a clip when it sees all its tokens. */
  private static long ofWholeClip(TransformerConfig config, Compute compute) {
    long tokens = config.clip().tokens() + (config.classToken() ? 1L : 0L);
    return config.clip().tokens() * (long) config.clip().valuesPerToken() * Float.BYTES
        + blocks(
            config.encoder().depth(), tokens * config.encoder().width(), config.block(), compute);
  }

  private static long bytesOfState(Compute compute) {
    return 4 * Float.BYTES + ofReplica(1, compute.precision());
  }

  /**
   * Bytes that every replica of a model holds for itself besides what its clips take: weights cast
   * for the products. Weights and gradients belong to all.
   */
  public static long ofReplica(long parameters, Precision precision) {
    return precision == Precision.FP32 ? 0 : parameters * Short.BYTES;
  }

  /** Bytes that a stack keeps of {@code values} channels entering it. */
  private static long blocks(int depth, long values, BlockConfig config, Compute compute) {
    int narrow = compute.precision() == Precision.FP32 ? Float.BYTES : Short.BYTES;
    // In float32 both sums, query, key, value and what attention made of them; in the precision of
    // the products the inputs of all four and of the GELU.
    double ofOneBlock = values * (6 * Float.BYTES + narrow * (3 + 2 * config.mlpRatio()));
    int recomputed = compute.activations().recomputedOf(depth);
    // A recomputed block's input waits, and from its turn in the backward pass to the first block's
    // the gradients of its output and input. One block's results at a time are whole; by then the
    // results that the last blocks kept have been used and freed.
    long waiting = recomputed * 3L * values * Float.BYTES;
    int whole = Math.max(depth - recomputed, Math.min(recomputed, 1));
    return waiting + (long) (whole * ofOneBlock);
  }

  /** Bytes of a step with so many clips at once. */
  public long ofBatch(int clips) {
    return state + (long) (clips * activationsPerClip * (1 + PASSING));
  }
}
