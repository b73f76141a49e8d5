package io.tubelet.objective;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How far predicted values are from their target: a mean over all values of all hidden tokens
 * (VideoMAE, Table 1f). Shapes: B clips, M hidden tokens, P' values of each.
 */
public enum Loss {
  /** The mean squared error, of both papers' main results. */
  MSE("mean squared error") {
    @Override
    Tensor between(Tensor prediction, Tensor target) {
      return torch.mse_loss(prediction, target);
    }
  },
  /** The mean absolute error. */
  L1("mean absolute error") {
    @Override
    Tensor between(Tensor prediction, Tensor target) {
      return torch.l1_loss(prediction, target);
    }
  },
  /** Half the squared error below a distance of 1, the distance less a half above. */
  SMOOTH_L1("smooth L1 error") {
    @Override
    Tensor between(Tensor prediction, Tensor target) {
      return torch.smooth_l1_loss(prediction, target);
    }
  };

  private final String label;

  Loss(String label) {
    this.label = label;
  }

  /** Of two {@code [B, M, P']}: a float32 number that can be differentiated. */
  public Tensor of(Tensor prediction, Tensor target) {
    return between(prediction.to(ScalarType.Float), target);
  }

  /**
   * What a predictor costs that always answers the mean of all values. A mean for each value of a
   * token would have to be that of the data: those of one small batch already know its colours.
   *
   * @param target {@code [B, M, P']}
   */
  public Tensor ofMean(Tensor target) {
    return between(target.mean().expand_as(target), target);
  }

  abstract Tensor between(Tensor prediction, Tensor target);

  /** For the reader of a page. */
  public String label() {
    return label;
  }
}
