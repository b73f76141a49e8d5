package io.tubelet.augment;

import io.tubelet.clip.Frames;

/** What may be changed about the look of a picture, and what its amount means. */
public enum PhotometricOperation {
  /** Between black at 0, the picture at 1, and a lighter one. */
  BRIGHTNESS,
  /** Between the frame's mean grey at 0, the picture at 1, and more contrast than it has. */
  CONTRAST,
  /** Between the grey picture at 0, the picture at 1, and more colour than it has. */
  SATURATION,
  /** Every hue moved along the circle of hues, by this share of it; 0 changes nothing. */
  HUE,
  /** The grey picture; there is no amount. */
  GREYSCALE,
  /** Smoothed with a Gaussian of this standard deviation in pixels, above 0. */
  BLUR,
  /** Values from this threshold on are inverted. */
  SOLARISE;

  Frames apply(Frames frames, double amount) {
    return switch (this) {
      case BRIGHTNESS -> Enhancement.brightness(frames, (float) amount);
      case CONTRAST -> Enhancement.contrast(frames, (float) amount);
      case SATURATION -> Enhancement.colour(frames, (float) amount);
      case HUE -> HueTurn.apply(frames, (float) amount);
      case GREYSCALE -> Enhancement.colour(frames, 0);
      case BLUR -> new GaussianKernel(amount).apply(frames);
      case SOLARISE -> PixelTable.solarise((int) amount).apply(frames);
    };
  }
}
