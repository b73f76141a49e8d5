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
   * Pixels as they are, in the input space of the model.
   *
   * @param input undoes the input's normalisation
   */
  record RawPixels(PixelScale input) implements TargetScale {

    @Override
    public PixelScale of(float[] pixels) {
      return input;
    }

    @Override
    public PixelScale withoutStatistics() {
      return input;
    }

    /** Nothing was lost, so there is nothing to choose. */
    @Override
    public List<Denormalisation> modes() {
      return List.of(Denormalisation.RAW_PREDICTION);
    }
  }

  /**
   * All values of a token together, in the input space of the model: subtract their mean, divide by
   * {@code sqrt(var + 1e-6)} (MAE and mae_st).
   *
   * @param input undoes the input's normalisation
   */
  record PatchNormalised(PixelScale input) implements TargetScale {

    @Override
    public PixelScale of(float[] pixels) {
      float[] normalised = new float[pixels.length];
      for (int i = 0; i < pixels.length; i++) {
        int c = i % ClipShape.CHANNELS;
        normalised[i] = (float) ((pixels[i] - input.centre()[c]) / input.gain()[c]);
      }
      Moments m = Moments.of(normalised, 0, 1);
      double spread = Math.sqrt(m.variance() + 1e-6);
      double[] centre = new double[ClipShape.CHANNELS];
      double[] gain = new double[ClipShape.CHANNELS];
      for (int c = 0; c < ClipShape.CHANNELS; c++) {
        centre[c] = input.centre()[c] + input.gain()[c] * m.mean();
        gain[c] = input.gain()[c] * spread;
      }
      return new PixelScale(centre, gain);
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
