package io.tubelet.train;

import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Adds up losses and gradient norms on the device. Reading the means is the only moment that waits
 * for it, so a step costs no round trip. Steps that are not finite are left out.
 */
final class LossMeter implements AutoCloseable {

  /**
   * What has been added up.
   *
   * @param loss sum of losses
   * @param gradNorm sum of gradient norms
   * @param count how many
   */
  record Sums(double loss, double gradNorm, long count) {
    static final Sums NONE = new Sums(0, 0, 0);

    double meanLoss() {
      return loss / count;
    }

    double meanGradNorm() {
      return gradNorm / count;
    }
  }

  private final Tensor sums; // [3] double: loss, gradient norm, how many

  LossMeter(Sums from, Placement placement) {
    sums = torch.zeros(new long[] {3}, placement.options(ScalarType.Double));
    sums.retainReference();
    try (var scope = new TensorScope()) {
      sums.select(0, 0).fill_(new Scalar(from.loss));
      sums.select(0, 1).fill_(new Scalar(from.gradNorm));
      sums.select(0, 2).fill_(new Scalar((double) from.count));
    }
  }

  void add(Tensor loss, Tensor gradNorm) {
    try (var scope = new TensorScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Tensor row =
          torch
              .stack(new TensorVector(loss, gradNorm, torch.ones_like(loss)))
              .to(ScalarType.Double);
      sums.add_(torch.where(torch.isfinite(row).all(), row, torch.zeros_like(row)));
    }
  }

  Sums read() {
    try (var scope = new TensorScope()) {
      Tensor values = sums.to(Placement.CPU.device(), ScalarType.Double);
      return new Sums(
          values.select(0, 0).item_double(),
          values.select(0, 1).item_double(),
          values.select(0, 2).item_long());
    }
  }

  /** Starts anew. */
  void reset() {
    sums.zero_();
  }

  @Override
  public void close() {
    sums.releaseReference();
  }
}
