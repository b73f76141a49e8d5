package io.tubelet.augment;

import io.tubelet.clip.Frames;
import java.util.List;

/**
 * The operations of RandAugment (https://arxiv.org/abs/1909.13719) as both official programs do
 * them: on 8-bit RGB, with Pillow's arithmetic, byte for byte.
 *
 * <p>Names are the official ones. Those with INCREASING do the same, but the more the larger the
 * magnitude; of the others posterise and solarise do the less, and factors lie around 1.
 */
public enum Operation {
  /** Each colour of each frame stretched to the range 0 to 255. */
  AUTO_CONTRAST(false),
  /** Each colour of each frame spread so that its values are about equally frequent. */
  EQUALIZE(false),
  INVERT(false),
  /** By up to 30 degrees about the middle. */
  ROTATE(true),
  /** Only the highest bits of a value stay: none at magnitude 0, four at 10. */
  POSTERIZE(false),
  POSTERIZE_INCREASING(false),
  /** Values from a threshold on are inverted: all of them at magnitude 0, none at 10. */
  SOLARIZE(false),
  SOLARIZE_INCREASING(false),
  /** Up to 110 is added to values below 128. */
  SOLARIZE_ADD(false),
  /** Between the grey picture, the picture, and more colour than it has. */
  COLOR(false),
  COLOR_INCREASING(true),
  /** Between the frame's mean grey, the picture, and more contrast than it has. */
  CONTRAST(false),
  CONTRAST_INCREASING(true),
  /** Between black, the picture, and a lighter one. */
  BRIGHTNESS(false),
  BRIGHTNESS_INCREASING(true),
  /** Between a smoothed picture, the picture, and a sharper one. */
  SHARPNESS(false),
  SHARPNESS_INCREASING(true),
  /** Rows are shifted by up to 0.3 pixels for each row further down. */
  SHEAR_X(true),
  SHEAR_Y(true),
  /** Shifted sideways by up to 0.45 of the width. */
  TRANSLATE_X_REL(true),
  TRANSLATE_Y_REL(true);

  /** The largest magnitude. */
  public static final int MAX_MAGNITUDE = 10;

  /** The official list without {@code inc}, in its order. */
  public static final List<Operation> PLAIN =
      List.of(
          AUTO_CONTRAST,
          EQUALIZE,
          INVERT,
          ROTATE,
          POSTERIZE,
          SOLARIZE,
          SOLARIZE_ADD,
          COLOR,
          CONTRAST,
          BRIGHTNESS,
          SHARPNESS,
          SHEAR_X,
          SHEAR_Y,
          TRANSLATE_X_REL,
          TRANSLATE_Y_REL);

  /** The official list with {@code inc}, in its order. */
  public static final List<Operation> INCREASING =
      List.of(
          AUTO_CONTRAST,
          EQUALIZE,
          INVERT,
          ROTATE,
          POSTERIZE_INCREASING,
          SOLARIZE_INCREASING,
          SOLARIZE_ADD,
          COLOR_INCREASING,
          CONTRAST_INCREASING,
          BRIGHTNESS_INCREASING,
          SHARPNESS_INCREASING,
          SHEAR_X,
          SHEAR_Y,
          TRANSLATE_X_REL,
          TRANSLATE_Y_REL);

  private final boolean signed;

  Operation(boolean signed) {
    this.signed = signed;
  }

  /** Whether the operation has two directions, of which one is drawn. */
  public boolean signed() {
    return signed;
  }

  /**
   * What the operation takes at a magnitude: degrees, a share of the frame, bits that stay, a
   * threshold, a sum, or a factor of which 1 changes nothing; 0 where it takes nothing.
   */
  public double argument(double magnitude, boolean negated) {
    double share = (negated ? -magnitude : magnitude) / MAX_MAGNITUDE;
    return switch (this) {
      case AUTO_CONTRAST, EQUALIZE, INVERT -> 0;
      case ROTATE -> share * 30;
      case POSTERIZE -> (int) (share * 4);
      case POSTERIZE_INCREASING -> 4 - (int) (share * 4);
      case SOLARIZE -> (int) (share * 256);
      case SOLARIZE_INCREASING -> 256 - (int) (share * 256);
      case SOLARIZE_ADD -> (int) (share * 110);
      case COLOR, CONTRAST, BRIGHTNESS, SHARPNESS -> share * 1.8 + 0.1;
      case COLOR_INCREASING, CONTRAST_INCREASING, BRIGHTNESS_INCREASING, SHARPNESS_INCREASING ->
          1 + share * 0.9;
      case SHEAR_X, SHEAR_Y -> share * 0.3;
      case TRANSLATE_X_REL, TRANSLATE_Y_REL -> share * 0.45;
    };
  }

  Frames apply(Frames frames, double argument) {
    return switch (this) {
      case AUTO_CONTRAST -> Histograms.autoContrast(frames);
      case EQUALIZE -> Histograms.equalise(frames);
      case INVERT -> PixelTable.invert().apply(frames);
      case POSTERIZE, POSTERIZE_INCREASING -> PixelTable.posterise((int) argument).apply(frames);
      case SOLARIZE, SOLARIZE_INCREASING -> PixelTable.solarise((int) argument).apply(frames);
      case SOLARIZE_ADD -> PixelTable.solariseAdd((int) argument).apply(frames);
      case COLOR, COLOR_INCREASING -> Enhancement.colour(frames, (float) argument);
      case CONTRAST, CONTRAST_INCREASING -> Enhancement.contrast(frames, (float) argument);
      case BRIGHTNESS, BRIGHTNESS_INCREASING -> Enhancement.brightness(frames, (float) argument);
      case SHARPNESS, SHARPNESS_INCREASING -> Enhancement.sharpness(frames, (float) argument);
      case ROTATE -> Bicubic.transform(frames, AffineMap.rotation(argument, frames));
      case SHEAR_X -> Bicubic.transform(frames, AffineMap.shearX(argument));
      case SHEAR_Y -> Bicubic.transform(frames, AffineMap.shearY(argument));
      case TRANSLATE_X_REL ->
          Bicubic.transform(frames, AffineMap.shift(argument * frames.width(), 0));
      case TRANSLATE_Y_REL ->
          Bicubic.transform(frames, AffineMap.shift(0, argument * frames.height()));
    };
  }
}
