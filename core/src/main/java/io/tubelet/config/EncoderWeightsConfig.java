package io.tubelet.config;

import io.tubelet.model.PixelNorm;
import io.tubelet.model.VideoEncoderConfig;
import io.tubelet.sample.ClipSampling;

/**
 * What must be known to use the weights of an encoder alone, without how they were trained; it
 * travels inside the file of the weights.
 *
 * @param model the encoder
 * @param pixels how its input is normalised
 * @param sampling how clips were taken
 * @param shortSide of decoded frames; 0 as coded
 */
public record EncoderWeightsConfig(
    VideoEncoderConfig model, PixelNorm pixels, ClipSampling sampling, int shortSide)
    implements WeightsConfig {

  /** What a contrastive run makes. */
  public static EncoderWeightsConfig of(ContrastiveConfig run) {
    return new EncoderWeightsConfig(
        run.model().withoutHeads(), run.pixels(), run.data().sampling(), run.data().shortSide());
  }
}
