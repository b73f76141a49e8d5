package io.tubelet.probe;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the settings of a trained probe differ in.
 *
 * @param learningRate at its peak
 * @param weightDecay as the optimiser defines it
 */
record RateAndDecay(double learningRate, double weightDecay) {
  RateAndDecay {
    if (!(learningRate > 0 && Double.isFinite(learningRate))) {
      throw new IllegalArgumentException("learning-rates must be above 0, got " + learningRate);
    }
    if (!(weightDecay >= 0 && Double.isFinite(weightDecay))) {
      throw new IllegalArgumentException("weight-decays must be 0 or more, got " + weightDecay);
    }
  }

  Setting setting() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("lr", learningRate);
    values.put("weight-decay", weightDecay);
    return new Setting(values);
  }
}
