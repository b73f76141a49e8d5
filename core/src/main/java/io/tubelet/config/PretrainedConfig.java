package io.tubelet.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.mask.Masking;
import io.tubelet.model.MaskedAutoencoderConfig;
import io.tubelet.model.PixelNorm;
import io.tubelet.objective.Target;
import io.tubelet.sample.ClipSampling;

/**
 * What must be known to use pre-trained weights, without how they were trained; it travels inside
 * the file of the weights.
 *
 * @param model the masked autoencoder
 * @param pixels how its input is normalised
 * @param target what it predicts
 * @param mask how tokens were hidden
 * @param sampling how clips were taken
 * @param shortSide of decoded frames; 0 as coded
 */
public record PretrainedConfig(
    MaskedAutoencoderConfig model,
    PixelNorm pixels,
    Target target,
    Masking mask,
    ClipSampling sampling,
    int shortSide)
    implements WeightsConfig {

  public PretrainedConfig {
    model = model.predicting(target.valuesPerToken(model.predicted()));
  }

  /**
   * From the tree that a file of ours carries.
   *
   * @param source the file, for the message
   * @throws ConfigException naming the key at fault
   */
  public static PretrainedConfig read(JsonNode tree, String source) {
    TokenizerConfig.requireNone(tree, source);
    return ConfigFormat.bind(LaterSettings.completed(tree), PretrainedConfig.class, source);
  }

  /** What a run makes. */
  public static PretrainedConfig of(PretrainConfig run) {
    return new PretrainedConfig(
        run.model(),
        run.pixels(),
        run.target(),
        run.mask(),
        run.data().sampling(),
        run.data().shortSide());
  }
}
