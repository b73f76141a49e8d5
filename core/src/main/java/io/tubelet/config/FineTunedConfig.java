package io.tubelet.config;

import io.tubelet.model.ClassifierConfig;
import io.tubelet.model.PixelNorm;
import io.tubelet.sample.ClipSampling;
import java.util.List;

/**
 * What must be known to use a classifier's weights, without how they were trained; it travels
 * inside the file of the weights.
 *
 * @param model the classifier
 * @param pixels how its input is normalised
 * @param sampling how clips were taken
 * @param shortSide of decoded frames; 0 as coded
 * @param labels names of the classes in their order; empty where nobody named them
 */
public record FineTunedConfig(
    ClassifierConfig model,
    PixelNorm pixels,
    ClipSampling sampling,
    int shortSide,
    List<String> labels)
    implements WeightsConfig {
  public FineTunedConfig {
    labels = List.copyOf(labels);
    if (!labels.isEmpty() && labels.size() != model.classes()) {
      throw new IllegalArgumentException(
          "labels must name every class or none: %d labels, %d classes"
              .formatted(labels.size(), model.classes()));
    }
  }
}
