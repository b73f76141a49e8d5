package io.tubelet.train;

import io.tubelet.data.ViewsConfig;

/**
 * How a classifier is looked at while it trains.
 *
 * @param views taken of each validation video
 * @param everyEpochs effective epochs from one look to the next; the last update is always followed
 *     by one
 */
public record ValidationConfig(ViewsConfig views, double everyEpochs) {
  public ValidationConfig {
    if (!(everyEpochs > 0)) {
      throw new IllegalArgumentException(
          "validation.every-epochs must be above 0, got " + everyEpochs);
    }
  }
}
