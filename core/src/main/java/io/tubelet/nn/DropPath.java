package io.tubelet.nn;

import java.util.function.LongFunction;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Stochastic depth (https://arxiv.org/abs/1603.09382): whether a residual branch takes part, drawn
 * for each clip. Passed to a forward pass, so that a layer need not know whether it is training.
 */
@FunctionalInterface
public interface DropPath {
  /** Every branch takes part: evaluation, and pre-training in both papers. */
  DropPath NEVER = (branch, rate) -> branch;

  /**
   * What reaches the residual sum.
   *
   * @param branch {@code [B, N, D]}
   * @param rate probability of being dropped, below 1
   */
  Tensor apply(Tensor branch, double rate);

  /**
   * Keeps a clip's branch where {@code floor(1 - rate + u)} is 1, and makes up for the rest by
   * {@code 1 / (1 - rate)}, as timm does. A rate of 0 draws nothing.
   *
   * @param uniform gives so many numbers, uniform in [0, 1), on the branch's device
   */
  static DropPath drawing(LongFunction<Tensor> uniform) {
    return (branch, rate) -> {
      if (rate == 0) {
        return branch;
      }
      double kept = 1 - rate;
      Tensor keep =
          uniform.apply(branch.size(0)).add(new Scalar(kept)).floor_().reshape(-1, 1, 1); // 0 or 1
      return branch.mul(keep.div_(new Scalar(kept)));
    };
  }
}
