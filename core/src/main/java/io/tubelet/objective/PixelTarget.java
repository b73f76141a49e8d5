package io.tubelet.objective;

import io.tubelet.clip.ClipShape;
import io.tubelet.model.Patchify;
import io.tubelet.model.PixelNorm;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/** The space in which pixels are predicted. */
public enum PixelTarget {
  /** Pixels normalised as the model's input is (mae_st without {@code norm_pix_loss}). */
  NORMALISED {
    @Override
    Tensor of(Tensor unit, PixelNorm norm) {
      return norm.normalise(unit);
    }
  },
  /** Pixels in [0, 1] (VideoMAE without {@code normlize_target}). */
  UNIT {
    @Override
    Tensor of(Tensor unit, PixelNorm norm) {
      return unit;
    }
  },
  /**
   * Each token's values taken together to mean 0 and variance 1: {@code (x - mean) / sqrt(var +
   * 1e-6)} of normalised pixels, unbiased variance (mae_st with {@code norm_pix_loss}).
   */
  PATCH_NORMALISED {
    @Override
    Tensor of(Tensor unit, PixelNorm norm) {
      Tensor x = norm.normalise(unit); // [B, M, P]
      Tensor mean = x.mean(new long[] {-1}, true, new ScalarTypeOptional()); // [B, M, 1]
      Tensor var = x.var(new long[] {-1}, true, true);
      return x.sub(mean).div_(var.add_(new Scalar(EPSILON)).sqrt_());
    }
  },
  /**
   * Each token's values to mean 0 and variance 1 colour by colour: {@code (x - mean) / (sqrt(var) +
   * 1e-6)} of pixels in [0, 1], unbiased variance (VideoMAE with {@code normlize_target}).
   */
  CHANNEL_NORMALISED {
    @Override
    Tensor of(Tensor unit, PixelNorm norm) {
      Tensor x = unit.reshape(unit.size(0), unit.size(1), -1, ClipShape.CHANNELS); // [B, M, P/3, 3]
      Tensor mean = x.mean(new long[] {2}, true, new ScalarTypeOptional()); // [B, M, 1, 3]
      Tensor var = x.var(new long[] {2}, true, true);
      return x.sub(mean)
          .div_(var.sqrt_().add_(new Scalar(EPSILON)))
          .reshape(unit.size(0), unit.size(1), -1);
    }
  };

  private static final double EPSILON = 1e-6;

  /**
   * The target of some tokens.
   *
   * @param pixels the predicted part of their pixels, {@code [B, M, P']}: bytes, or floats in [0,
   *     1]
   * @param norm what the model's input is normalised with
   * @return {@code [B, M, P']} float32
   */
  public Tensor target(Tensor pixels, PixelNorm norm) {
    return of(Patchify.unit(pixels), norm);
  }

  abstract Tensor of(Tensor unit, PixelNorm norm);
}
