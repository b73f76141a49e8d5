package io.tubelet.objective;

import org.bytedeco.pytorch.Scalar;
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
  },
  /** How unlikely the target's words are, in nats; of {@link TokenTarget} alone. */
  CROSS_ENTROPY("cross-entropy") {
    @Override
    Tensor between(Tensor prediction, Tensor target) {
      long vocabulary = prediction.size(2) / target.size(2);
      return torch.cross_entropy_loss(
          prediction.reshape(-1, vocabulary), target.reshape(-1)); // u words of each token
    }

    /**
     * The entropy of how often each word comes. That of a few words is too small by about half
     * their number in use over the number said (Miller and Madow), which is added.
     */
    @Override
    public Tensor ofMean(Tensor target) {
      Tensor counts = torch.bincount(target.reshape(-1)).to(ScalarType.Double);
      Tensor said = counts.masked_select(counts.gt(new Scalar(0)));
      Tensor shares = said.div(new Scalar((double) target.numel()));
      double missing = (said.numel() - 1) / (2.0 * target.numel());
      return shares.log().mul(shares).sum().neg().add(new Scalar(missing)).to(ScalarType.Float);
    }
  };

  private final String label;

  Loss(String label) {
    this.label = label;
  }

  /**
   * Of two {@code [B, M, P']}: a float32 number that can be differentiated. Where words are
   * predicted, the target is their numbers, {@code [B, M, u]}, the prediction {@code [B, M, u *
   * V]}.
   */
  public Tensor of(Tensor prediction, Tensor target) {
    return between(prediction.to(ScalarType.Float), target);
  }

  /**
   * What a predictor costs that always answers the mean of all values. A mean for each value of a
   * token would have to be that of the data: those of one small batch already know its colours.
   *
   * @param target {@code [B, M, P']}, or words {@code [B, M, u]}
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
