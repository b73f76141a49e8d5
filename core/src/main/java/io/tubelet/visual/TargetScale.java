package io.tubelet.visual;

import io.tubelet.clip.ClipShape;
import java.util.List;

/**
 * How the target of a model was made of pixels, and with it how to undo that.
 *
 * <p>Variances are unbiased, as both papers' code takes them.
 */
public sealed interface TargetScale {

  /**
   * What turns values of a token's target into pixels.
   *
   * @param pixels of the token in [0, 1], channel fastest
   */
  PixelScale of(float[] pixels);

  /**
   * Shows values without any statistics: by default around mid-grey, two standard deviations to
   * black and to white.
   */
  default PixelScale withoutStatistics() {
    return PixelScale.grey(0.5, 0.25);
  }

  /** The ways of showing such a prediction that differ from each other. */
  default List<Denormalisation> modes() {
    return List.of(Denormalisation.values());
  }

  /**
   * Pixels as they are, in the input space of the model: {@code (x - mean) / std} of [0, 1] pixels.
   */
  record RawPixels(double mean, double std) implements TargetScale {

    @Override
    public PixelScale of(float[] pixels) {
      return PixelScale.grey(mean, std);
    }

    @Override
    public PixelScale withoutStatistics() {
      return PixelScale.grey(mean, std);
    }

    /** Nothing was lost, so there is nothing to choose. */
    @Override
    public List<Denormalisation> modes() {
      return List.of(Denormalisation.RAW_PREDICTION);
    }
  }

  /**
   * All values of a token together, in an input space of {@code (x - mean) / std}: subtract their
   * mean, divide by {@code sqrt(var + 1e-6)} (MAE and mae_st).
   */
  record PatchNormalised(double mean, double std) implements TargetScale {

    @Override
    public PixelScale of(float[] pixels) {
      Moments m = Moments.of(pixels, 0, 1);
      double inputMean = (m.mean() - mean) / std;
      double inputVariance = m.variance() / (std * std);
      return PixelScale.grey(mean + std * inputMean, std * Math.sqrt(inputVariance + 1e-6));
    }
  }

  /**
   * Each channel of a token by itself, on [0, 1] pixels: subtract the mean, divide by {@code
   * sqrt(var) + 1e-6} (VideoMAE).
   */
  record ChannelNormalised() implements TargetScale {

    @Override
    public PixelScale of(float[] pixels) {
      double[] centre = new double[ClipShape.CHANNELS];
      double[] gain = new double[ClipShape.CHANNELS];
      for (int c = 0; c < ClipShape.CHANNELS; c++) {
        Moments m = Moments.of(pixels, c, ClipShape.CHANNELS);
        centre[c] = m.mean();
        gain[c] = Math.sqrt(m.variance()) + 1e-6;
      }
      return new PixelScale(centre, gain);
    }
  }
}
