package io.tubelet.config;

import io.tubelet.model.PixelNorm;
import io.tubelet.model.TransformerConfig;
import io.tubelet.sample.ClipSampling;

/** What must be known to use weights of any kind; it travels inside their file. */
public sealed interface WeightsConfig
    permits PretrainedConfig, FineTunedConfig, EncoderWeightsConfig {
  TransformerConfig model();

  /** How the model's input is normalised. */
  PixelNorm pixels();

  /** How clips were taken in training. */
  ClipSampling sampling();

  /** Of decoded frames; 0 as coded. */
  int shortSide();
}
