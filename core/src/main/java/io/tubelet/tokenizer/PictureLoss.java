package io.tubelet.tokenizer;

import io.tubelet.clip.ClipShape;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** How far painted pictures are from those that were tokenized: a mean over all pixels. */
public enum PictureLoss {
  /** The mean squared error of squeezed pixels. */
  MSE {
    @Override
    Tensor between(Tensor location, Tensor logScale, Tensor pictures) {
      return torch.mse_loss(location.sigmoid(), pictures);
    }

    @Override
    public Tensor ofMean(Tensor pictures) {
      return torch.mse_loss(pictures.mean().expand_as(pictures), pictures);
    }
  },
  /**
   * The negative log-likelihood of squeezed pixels whose logit is Laplace's (DALL-E, appendix A.3).
   * A density, so it may be below zero.
   */
  LOGIT_LAPLACE {
    @Override
    Tensor between(Tensor location, Tensor logScale, Tensor pictures) {
      Tensor distance = pictures.logit().sub(location).abs();
      return distance.mul(logScale.neg().exp()).add(logScale).mean().add(volume(pictures));
    }

    /** Of one location and scale for all pixels, the likeliest but for a mean for a median. */
    @Override
    public Tensor ofMean(Tensor pictures) {
      Tensor logit = pictures.logit();
      Tensor scale = logit.sub(logit.mean()).abs().mean();
      return scale.log().add(new Scalar(1.0)).add(volume(pictures));
    }

    /** {@code ln(2 x (1 - x))}: what no prediction changes. */
    private Tensor volume(Tensor pictures) {
      Tensor spread = pictures.mul(pictures.neg().add(new Scalar(1.0)));
      return spread.mul_(new Scalar(2.0)).log_().mean();
    }
  };

  /**
   * Of what the decoder says of pixels.
   *
   * @param painted {@code [n, 6, H, W]}
   * @param pictures squeezed, {@code [n, 3, H, W]}
   */
  public Tensor of(Tensor painted, Tensor pictures) {
    long colours = ClipShape.CHANNELS;
    return between(painted.narrow(1, 0, colours), painted.narrow(1, colours, colours), pictures);
  }

  abstract Tensor between(Tensor location, Tensor logScale, Tensor pictures);

  /** What a decoder costs that paints everything in the mean of all values. */
  public abstract Tensor ofMean(Tensor pictures);
}
