package io.tubelet.objective;

import io.tubelet.model.Patchify;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.PredictedFrames;
import java.util.Locale;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/** The space in which pixels are predicted. */
public enum PixelTarget implements Target {
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
      Tensor centred = x.sub(mean(x));
      Tensor var = unbiased(mean(centred.square()), x.size(2)); // [B, M, 1]
      return centred.div_(var.add_(new Scalar(EPSILON)).sqrt_());
    }
  },
  /**
   * Each token's values to mean 0 and variance 1 colour by colour: {@code (x - mean) / (sqrt(var) +
   * 1e-6)} of pixels in [0, 1], unbiased variance (VideoMAE with {@code normlize_target}).
   */
  CHANNEL_NORMALISED {
    @Override
    Tensor of(Tensor unit, PixelNorm norm) {
      ColourRows colours = ColourRows.like(unit);
      Tensor centred = unit.sub(colours.spread(colours.mean(unit))); // [B, M, P]
      Tensor var = unbiased(colours.mean(centred.square()), colours.valuesPerColour()); // [B, M, 3]
      return centred.div_(colours.spread(var.sqrt_().add_(new Scalar(EPSILON))));
    }
  };

  private static final double EPSILON = 1e-6;

  @Override
  public int valuesPerToken(PredictedFrames frames) {
    return frames.valuesPerToken();
  }

  /** Computes it. */
  public TargetValues values(PredictedFrames frames, PixelNorm norm) {
    return (tokens, masks) -> target(frames.pixels(tokens, masks.hidden()), norm);
  }

  @Override
  public String describe(PredictedFrames frames) {
    return "%s pixels of %s"
        .formatted(name().toLowerCase(Locale.ROOT).replace('_', '-'), frames.describe());
  }

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

  private static Tensor mean(Tensor x) {
    return x.mean(new long[] {-1}, true, new ScalarTypeOptional());
  }

  /** From the mean of {@code n} squares to the variance that both programs take. */
  private static Tensor unbiased(Tensor meanSquare, long n) {
    return meanSquare.mul_(new Scalar((double) n / (n - 1)));
  }
}
