package io.tubelet.visual;

/**
 * From predicted values back to pixels: {@code pixel = centre + gain * value} in each channel,
 * pixels in [0, 1].
 */
public record PixelScale(double[] centre, double[] gain) {

  /** Pixels as they are. */
  public static final PixelScale UNIT = grey(0, 1);

  /** The same in all three channels. */
  static PixelScale grey(double centre, double gain) {
    return new PixelScale(new double[] {centre, centre, centre}, new double[] {gain, gain, gain});
  }

  /** As a byte, clamped. */
  byte pixel(int channel, float value) {
    long level = Math.round(255 * (centre[channel] + gain[channel] * value));
    return (byte) Math.max(0, Math.min(255, level));
  }
}
