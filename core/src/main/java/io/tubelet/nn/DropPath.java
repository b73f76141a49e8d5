package io.tubelet.nn;

import java.util.function.LongFunction;
import org.bytedeco.pytorch.Tensor;

/**
 * Stochastic depth (https://arxiv.org/abs/1603.09382): whether a residual branch takes part, drawn
 * for each clip. Passed to a forward pass, so that a layer need not know whether it is training.
 */
public interface DropPath {
  /** Every branch takes part: evaluation, and pre-training in both papers. */
  DropPath NEVER =
      new DropPath() {
        @Override
        public Tensor apply(Tensor branch, double rate) {
          return branch;
        }

        @Override
        public DropPath drawn(long clips, int branches, double rate) {
          return this;
        }
      };

  /**
   * What reaches the residual sum.
   *
   * @param branch {@code [B, N, D]}
   * @param rate probability of being dropped, below 1; 0 draws nothing
   */
  Tensor apply(Tensor branch, double rate);

  /** The decisions for the next so many branches, drawn now, the same in every pass over them. */
  DropPath drawn(long clips, int branches, double rate);

  /**
   * Drops as timm does.
   *
   * @param uniform gives so many numbers, uniform in [0, 1), on the branches' device
   */
  static DropPath drawing(LongFunction<Tensor> uniform) {
    return new DrawnDropPath(uniform);
  }
}
