package io.tubelet.probe;

import java.util.List;

/**
 * The settings of a probe that is trained step by step: every rate with every decay.
 *
 * @param learningRates of the optimiser
 * @param weightDecays of the optimiser
 */
public record RateGrid(List<Double> learningRates, List<Double> weightDecays) {
  public RateGrid {
    learningRates = List.copyOf(learningRates);
    weightDecays = List.copyOf(weightDecays);
    if (learningRates.isEmpty() || weightDecays.isEmpty()) {
      throw new IllegalArgumentException(
          "learning-rates and weight-decays need at least one value each: %d and %d"
              .formatted(learningRates.size(), weightDecays.size()));
    }
    for (double rate : learningRates) {
      for (double decay : weightDecays) {
        RateAndDecay checked = new RateAndDecay(rate, decay);
      }
    }
  }

  List<RateAndDecay> points() {
    return learningRates.stream()
        .flatMap(rate -> weightDecays.stream().map(decay -> new RateAndDecay(rate, decay)))
        .toList();
  }

  List<Setting> settings() {
    return points().stream().map(RateAndDecay::setting).toList();
  }

  RateGrid only(int point) {
    RateAndDecay one = points().get(point);
    return new RateGrid(List.of(one.learningRate()), List.of(one.weightDecay()));
  }
}
