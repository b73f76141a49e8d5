package io.tubelet.optim;

import java.util.List;

/**
 * Parameters that are updated alike.
 *
 * @param weightDecay share of the learning rate by which weights shrink a step
 * @param lrScale factor on the learning rate
 * @param names as in {@code Layer.parameters()}
 */
public record ParameterGroup(double weightDecay, double lrScale, List<String> names) {
  public ParameterGroup {
    names = List.copyOf(names);
    if (!(weightDecay >= 0)) {
      throw new IllegalArgumentException("weight-decay must be 0 or more, got " + weightDecay);
    }
    if (!(lrScale >= 0)) {
      throw new IllegalArgumentException("lr-scale must be 0 or more, got " + lrScale);
    }
  }
}
