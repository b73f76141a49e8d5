package io.tubelet.objective;

import io.tubelet.model.Patchify;
import io.tubelet.model.PixelNorm;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The space in which pixels are predicted. Variances are unbiased in both programs, the small
 * number against division by zero is 1e-6, and where it enters differs.
 */
public enum PixelTarget {
  /** Pixels normalised as the model's input is (mae_st without {@code norm_pix_loss}). */
  NORMALISED(true) {
    @Override
    PixelStatistics of(Tensor x) {
      return none(x);
    }
  },
  /** Pixels in [0, 1] (VideoMAE without {@code normlize_target}). */
  UNIT(false) {
    @Override
    PixelStatistics of(Tensor x) {
      return none(x);
    }
  },
  /**
   * Normalised pixels, each token's values together brought to mean 0 and variance 1: {@code (x -
   * mean) / sqrt(var + 1e-6)} (mae_st with {@code norm_pix_loss}).
   */
  PATCH_NORMALISED(true) {
    @Override
    PixelStatistics of(Tensor x) {
      return new PixelStatistics(
          x.mean(new long[] {2, 3}, true, new ScalarTypeOptional()),
          x.var(new long[] {2, 3}, true, true).add_(new Scalar(EPSILON)).sqrt_());
    }
  },
  /**
   * Pixels in [0, 1], each token's values brought to mean 0 and variance 1 colour by colour: {@code
   * (x - mean) / (sqrt(var) + 1e-6)} (VideoMAE with {@code normlize_target}).
   */
  CHANNEL_NORMALISED(false) {
    @Override
    PixelStatistics of(Tensor x) {
      return new PixelStatistics(
          x.mean(new long[] {2}, true, new ScalarTypeOptional()),
          x.var(new long[] {2}, true, true).sqrt_().add_(new Scalar(EPSILON)));
    }
  };

  private static final double EPSILON = 1e-6;

  private final boolean ofNormalisedPixels;

  PixelTarget(boolean ofNormalisedPixels) {
    this.ofNormalisedPixels = ofNormalisedPixels;
  }

  /**
   * The target of some tokens.
   *
   * @param pixels the predicted part of their pixels, {@code [B, K, P']}: bytes, or floats in [0,
   *     1]
   * @param norm what the model's input is normalised with
   * @return {@code [B, K, P']} float32
   */
  public Tensor target(Tensor pixels, PixelNorm norm) {
    Tensor x = space(pixels, norm);
    return needsStatistics() ? of(PixelStatistics.byColour(x)).remove(x) : x;
  }

  /** Whether predictions can only be looked at with the help of some tokens' statistics. */
  public boolean needsStatistics() {
    return this == PATCH_NORMALISED || this == CHANNEL_NORMALISED;
  }

  /**
   * What the target of these tokens was shifted and scaled by.
   *
   * @param pixels {@code [B, K, P']}: bytes, or floats in [0, 1]
   */
  public PixelStatistics statistics(Tensor pixels, PixelNorm norm) {
    return of(PixelStatistics.byColour(space(pixels, norm)));
  }

  /**
   * Pixels that a prediction stands for.
   *
   * @param prediction {@code [B, K, P']} in this space
   * @param statistics of those tokens, true or assumed
   * @return {@code [B, K, P']} in [0, 1] where the prediction is good
   */
  public Tensor pixels(Tensor prediction, PixelStatistics statistics, PixelNorm norm) {
    Tensor restored = statistics.restore(prediction);
    return ofNormalisedPixels ? norm.restore(restored) : restored;
  }

  private Tensor space(Tensor pixels, PixelNorm norm) {
    return ofNormalisedPixels ? norm.normalise(pixels) : Patchify.unit(pixels);
  }

  /** Of {@code x [B, K, P/3, 3]}. */
  abstract PixelStatistics of(Tensor x);

  private static PixelStatistics none(Tensor x) {
    long[] one = {1, 1, 1, 1};
    return new PixelStatistics(torch.zeros(one, x.options()), torch.ones(one, x.options()));
  }
}
