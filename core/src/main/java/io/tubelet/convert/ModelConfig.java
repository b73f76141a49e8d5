package io.tubelet.convert;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.clip.ClipShape;
import io.tubelet.config.ConfigFormat;
import io.tubelet.config.EncoderWeightsConfig;
import io.tubelet.config.FineTunedConfig;
import io.tubelet.config.PretrainedConfig;
import io.tubelet.config.TokenizerConfig;
import io.tubelet.config.WeightsConfig;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.PositionKind;
import io.tubelet.model.VideoClassifier;
import io.tubelet.model.VideoEncoder;
import io.tubelet.nn.Layer;
import io.tubelet.published.PublishedNames;
import io.tubelet.tensor.Compute;

/** The model that weights belong to, and how it is fed. */
public sealed interface ModelConfig
    permits ModelConfig.Pretrained, ModelConfig.Classifier, ModelConfig.EncoderAlone {

  /** A masked autoencoder. */
  record Pretrained(PretrainedConfig config) implements ModelConfig {
    @Override
    public Layer build(Compute compute) {
      return new MaskedAutoencoder(config.model(), compute);
    }

    @Override
    public Layer fresh(Compute compute, long seed) {
      return MaskedAutoencoder.fresh(config.model(), compute, seed);
    }

    @Override
    public PublishedNames names() {
      return family() == Family.MAE_ST
          ? PublishedNames.MAE_ST_PRETRAINING
          : PublishedNames.VIDEO_MAE_PRETRAINING;
    }
  }

  /** A classifier. */
  record Classifier(FineTunedConfig config) implements ModelConfig {
    @Override
    public Layer build(Compute compute) {
      return new VideoClassifier(config.model(), compute);
    }

    @Override
    public Layer fresh(Compute compute, long seed) {
      return VideoClassifier.fresh(config.model(), compute, seed);
    }

    @Override
    public PublishedNames names() {
      return family() == Family.MAE_ST
          ? PublishedNames.MAE_ST_CLASSIFIER
          : PublishedNames.VIDEO_MAE_CLASSIFIER;
    }
  }

  /** An encoder without decoder and head, as learning by contrast leaves it. */
  record EncoderAlone(EncoderWeightsConfig config) implements ModelConfig {
    @Override
    public Layer build(Compute compute) {
      return new VideoEncoder(config.model(), compute);
    }

    @Override
    public Layer fresh(Compute compute, long seed) {
      return VideoEncoder.fresh(config.model(), compute, seed);
    }

    @Override
    public PublishedNames names() {
      return family() == Family.MAE_ST
          ? PublishedNames.MAE_ST_PRETRAINING
          : PublishedNames.VIDEO_MAE_PRETRAINING;
    }
  }

  /**
   * From the tree that a file of ours carries.
   *
   * @throws io.tubelet.config.ConfigException naming the key at fault
   */
  static ModelConfig of(JsonNode tree, String source) {
    TokenizerConfig.requireNone(tree, source);
    JsonNode model = tree.path("model");
    if (model.has("classes")) {
      return new Classifier(ConfigFormat.bind(tree, FineTunedConfig.class, source));
    }
    return model.has("decoder")
        ? new Pretrained(PretrainedConfig.read(tree, source))
        : new EncoderAlone(ConfigFormat.bind(tree, EncoderWeightsConfig.class, source));
  }

  WeightsConfig config();

  /** The model without its weights; the caller closes it. */
  Layer build(Compute compute);

  /** The model with freshly drawn weights; the caller closes it. */
  Layer fresh(Compute compute, long seed);

  /** Whose state dict this model's weights can be written as, as far as its parts go. */
  PublishedNames names();

  /** What {@link #of} reads. */
  default JsonNode tree() {
    return ConfigFormat.tree(config());
  }

  default ClipShape clip() {
    return config().model().clip();
  }

  /** How the model's input is normalised. */
  default PixelNorm pixels() {
    return config().pixels();
  }

  default PositionKind positions() {
    return config().model().positions();
  }

  /** Learnt positions are mae_st's, sines and cosines VideoMAE's. */
  default Family family() {
    return positions() == PositionKind.SIN_COS ? Family.VIDEO_MAE : Family.MAE_ST;
  }
}
