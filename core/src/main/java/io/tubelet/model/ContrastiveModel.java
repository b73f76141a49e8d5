package io.tubelet.model;

import static java.util.Objects.requireNonNull;

import io.tubelet.nn.Layer;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * One of the two models of MoCo v3 (https://arxiv.org/abs/2104.02057, section 3): the encoder over
 * all tokens of a clip, a projector behind it, and in the trained one of the two a predictor behind
 * that. Shapes: B clips, N tokens, P values of a token, D width, K channels that are compared.
 */
public final class ContrastiveModel extends Layer {
  private static final int PROJECTOR_LAYERS = 3;
  private static final int PREDICTOR_LAYERS = 2;

  private final ContrastiveModelConfig config;
  private final Encoder encoder;
  private final ContrastiveHead projector;
  private final @Nullable ContrastiveHead predictor;

  private ContrastiveModel(ContrastiveModelConfig config, boolean predicts, Compute compute) {
    this.config = config;
    try (TensorScope scope = new TensorScope()) { // parameters outlive it, what made them does not
      HeadsConfig heads = config.heads();
      encoder =
          child(
              "encoder",
              new Encoder(
                  config.withoutHeads(), MaskTokens.DECODER, config.frozenPatches(), compute));
      projector =
          child(
              "projector",
              new ContrastiveHead(PROJECTOR_LAYERS, config.encoder().width(), heads, compute));
      predictor =
          predicts
              ? child(
                  "predictor",
                  new ContrastiveHead(PREDICTOR_LAYERS, heads.output(), heads, compute))
              : null;
    }
  }

  /** The model that makes queries and is trained; all matrices zero, for {@link #load} to fill. */
  public static ContrastiveModel trained(ContrastiveModelConfig config, Compute compute) {
    return new ContrastiveModel(config, true, compute);
  }

  /** The model that makes keys and follows the other; it has no predictor. */
  public static ContrastiveModel following(ContrastiveModelConfig config, Compute compute) {
    return new ContrastiveModel(config, false, compute);
  }

  /** The model to be trained, freshly drawn: heads as PyTorch draws linear layers. */
  public static ContrastiveModel fresh(ContrastiveModelConfig config, Compute compute, long seed) {
    ContrastiveModel model = trained(config, compute);
    FreshParameter.drawAll(
        model,
        seed,
        p -> {
          if (p.name().startsWith("encoder.")) {
            config.initialisation().draw(p);
          } else if (p.isMatrix()) {
            p.torchDefault();
          }
        });
    return model;
  }

  /** Whether a parameter stays as it was drawn. */
  public static boolean isFrozen(ContrastiveModelConfig config, String parameter) {
    return config.frozenPatches() && parameter.startsWith("encoder.patch_embed.");
  }

  /** What the encoder makes of whole clips: {@code normalised pixels [B, N, P] -> [B, D]}. */
  public Tensor features(Tensor pixels) {
    Shapes.require(pixels, "pixels", -1, config.clip().tokens(), config.clip().valuesPerToken());
    return encoder
        .forward(pixels)
        .mean(new long[] {1}, false, new ScalarTypeOptional(ScalarType.Float));
  }

  /** {@code features [B, D] -> [B, K]}. */
  public Tensor keys(Tensor features) {
    return projector.forward(features);
  }

  /** {@code features [B, D] -> [B, K]}; only of the trained model. */
  public Tensor queries(Tensor features) {
    return requireNonNull(predictor, "only the trained model predicts")
        .forward(projector.forward(features));
  }
}
