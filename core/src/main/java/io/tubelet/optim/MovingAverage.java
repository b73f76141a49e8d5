package io.tubelet.optim;

import io.tubelet.tensor.TensorScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The exponential running average of a model's weights, often better than the weights themselves
 * (https://arxiv.org/abs/1803.05407 explains why): {@code average = decay * average + (1 - decay) *
 * weight} after each update.
 */
public final class MovingAverage implements AutoCloseable {
  private final double decay;
  private final Map<String, Tensor> weights;
  private final Map<String, Tensor> averages = new LinkedHashMap<>();

  /**
   * Begins at the present weights.
   *
   * @param weights by name; they stay the caller's
   * @param decay in (0, 1); 0.9999 remembers about ten thousand updates
   */
  public MovingAverage(Map<String, Tensor> weights, double decay) {
    if (!(decay > 0 && decay < 1)) {
      throw new IllegalArgumentException("averaging must lie in (0, 1), got " + decay);
    }
    this.decay = decay;
    this.weights = weights;
    try (TensorScope scope = new TensorScope();
        NoGradGuard unseen = new NoGradGuard()) {
      weights.forEach(
          (name, weight) -> {
            Tensor average = weight.detach().clone();
            average.retainReference();
            averages.put(name, average);
          });
    }
  }

  /** Takes in the weights as they are now. */
  public void update() {
    try (TensorScope scope = new TensorScope();
        NoGradGuard unseen = new NoGradGuard()) {
      Scalar share = new Scalar(1 - decay);
      averages.forEach((name, average) -> average.lerp_(weight(name), share));
    }
  }

  /** The averages, by the names of the weights; they stay this object's. */
  public Map<String, Tensor> averages() {
    return averages;
  }

  /** Puts the averages in the weights' place and the weights in theirs; twice is as before. */
  public void swap() {
    try (TensorScope scope = new TensorScope();
        NoGradGuard unseen = new NoGradGuard()) {
      averages.forEach(
          (name, average) -> {
            Tensor weight = weight(name);
            Tensor held = weight.clone();
            weight.copy_(average);
            average.copy_(held);
          });
    }
  }

  private Tensor weight(String name) {
    return Objects.requireNonNull(weights.get(name)).detach();
  }

  @Override
  public void close() {
    averages.values().forEach(Tensor::releaseReference);
    averages.clear();
  }
}
