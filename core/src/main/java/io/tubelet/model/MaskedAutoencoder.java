package io.tubelet.model;

import io.tubelet.nn.Layer;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Predicts the pixels of hidden tokens from visible ones.
 *
 * <p>The constructor leaves all matrices zero, for {@link #load} to fill from a checkpoint; {@link
 * #fresh} draws them.
 */
public final class MaskedAutoencoder extends Layer {
  private final MaskedAutoencoderConfig config;
  private final Encoder encoder;
  private final Decoder decoder;

  public MaskedAutoencoder(MaskedAutoencoderConfig config, Compute compute) {
    this.config = config;
    try (TensorScope scope = new TensorScope()) { // parameters outlive it, what made them does not
      encoder = child("encoder", new Encoder(config, config.maskTokens(), false, compute));
      decoder = child("decoder", new Decoder(config, compute));
    }
  }

  /** A model with freshly drawn weights; the same seed gives the same weights on every device. */
  public static MaskedAutoencoder fresh(
      MaskedAutoencoderConfig config, Compute compute, long seed) {
    MaskedAutoencoder model = new MaskedAutoencoder(config, compute);
    config.initialisation().fill(model, seed);
    return model;
  }

  /**
   * The encoder alone.
   *
   * @param visiblePixels normalised pixels of the visible tokens, {@code [B, V, P]}
   * @return latent {@code [B, V, D]}, with mask tokens in the encoder {@code [B, V + M, D]}
   */
  public Tensor encode(Tensor visiblePixels, TokenMasks masks) {
    Shapes.require(
        visiblePixels,
        "visiblePixels",
        masks.visible().size(0),
        masks.visible().size(1),
        config.clip().valuesPerToken());
    return encoder.forward(visiblePixels, masks);
  }

  /**
   * The whole model.
   *
   * @param visiblePixels normalised pixels of the visible tokens, {@code [B, V, P]}
   * @return prediction {@code [B, M, P']}, in the space of the model's pixel target
   */
  public Tensor forward(Tensor visiblePixels, TokenMasks masks) {
    return decoder.forward(encode(visiblePixels, masks), masks);
  }

  /** What this model was built from. */
  public MaskedAutoencoderConfig config() {
    return config;
  }

  /** The part that sees visible tokens. */
  public Encoder encoder() {
    return encoder;
  }

  /** The part that fills in hidden ones. */
  public Decoder decoder() {
    return decoder;
  }
}
