package io.tubelet.model;

import io.tubelet.nn.Layer;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.TensorScope;

/**
 * An encoder alone, under the names that it has in a {@link MaskedAutoencoder}: what is left of a
 * pre-training whose heads are thrown away.
 */
public final class VideoEncoder extends Layer {
  private final Encoder encoder;

  /** All matrices zero, for {@link #load} to fill. */
  public VideoEncoder(VideoEncoderConfig config, Compute compute) {
    try (TensorScope scope = new TensorScope()) { // parameters outlive it, what made them does not
      encoder = child("encoder", new Encoder(config, MaskTokens.DECODER, false, compute));
    }
  }

  /** An encoder with freshly drawn weights; the same seed gives the same weights anywhere. */
  public static VideoEncoder fresh(VideoEncoderConfig config, Compute compute, long seed) {
    VideoEncoder model = new VideoEncoder(config, compute);
    config.initialisation().fill(model, seed);
    return model;
  }

  /** What it consists of. */
  public Encoder encoder() {
    return encoder;
  }
}
