package io.tubelet.optim;

import io.tubelet.tensor.TensorScope;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Weights of a model that follow those of a trained one slowly (MoCo,
 * https://arxiv.org/abs/1911.05722, eq. 2): {@code following = m * following + (1 - m) * trained}.
 *
 * @param following by name; they stay the caller's
 * @param trained among them one of each of those names and shapes
 */
public record FollowingWeights(Map<String, Tensor> following, Map<String, Tensor> trained) {
  public FollowingWeights {
    for (String name : following.keySet()) {
      if (!trained.containsKey(name)) {
        throw new IllegalArgumentException("there is no trained '" + name + "' to follow");
      }
    }
  }

  /** Starts where the trained weights are. */
  public void begin() {
    follow(0);
  }

  /**
   * One step after an update.
   *
   * @param momentum m, in [0, 1]: the share that stays
   */
  public void follow(double momentum) {
    try (TensorScope scope = new TensorScope();
        NoGradGuard unseen = new NoGradGuard()) {
      Scalar share = new Scalar(1 - momentum);
      following.forEach(
          (name, weight) -> {
            Tensor leader = Objects.requireNonNull(trained.get(name)).detach();
            weight.detach().lerp_(leader, share);
          });
    }
  }
}
