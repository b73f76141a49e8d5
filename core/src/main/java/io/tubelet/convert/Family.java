package io.tubelet.convert;

import io.tubelet.mask.Masking;
import io.tubelet.mask.RandomMasking;
import io.tubelet.mask.TubeMasking;
import io.tubelet.model.PixelNorm;
import io.tubelet.objective.PixelTarget;
import io.tubelet.sample.ClipSampling;
import io.tubelet.sample.StridedSampling;
import io.tubelet.sample.TimedSampling;

/** Which of the two papers' programs a model belongs to, and the habits that its files omit. */
public enum Family {
  MAE_ST("mae_st"),
  VIDEO_MAE("VideoMAE");

  /**
   * The share that most official recipes of both papers hide; a file that says its own is believed.
   */
  private static final double USUAL_RATIO = 0.9;

  static final int USUAL_STRIDE = 4;

  private static final double MAE_ST_FPS = 30;
  private static final int MAE_ST_SHORT_SIDE = 256;

  private final String title;

  Family(String title) {
    this.title = title;
  }

  /** The name its authors gave it. */
  public String title() {
    return title;
  }

  PixelNorm pixels() {
    return this == MAE_ST ? PixelNorm.GREY : PixelNorm.IMAGENET;
  }

  /** The target, with pixels normalised token by token or not. */
  PixelTarget target(boolean normalised) {
    if (this == MAE_ST) {
      return normalised ? PixelTarget.PATCH_NORMALISED : PixelTarget.NORMALISED;
    }
    return normalised ? PixelTarget.CHANNEL_NORMALISED : PixelTarget.UNIT;
  }

  Masking masking(double ratio) {
    return this == MAE_ST ? new RandomMasking(ratio) : new TubeMasking(ratio);
  }

  Masking masking() {
    return masking(USUAL_RATIO);
  }

  ClipSampling sampling(int stride) {
    return this == MAE_ST ? new TimedSampling(stride, MAE_ST_FPS) : new StridedSampling(stride);
  }

  ClipSampling sampling() {
    return sampling(USUAL_STRIDE);
  }

  /** mae_st's program decodes to this height; VideoMAE's takes files as they are. */
  int shortSide() {
    return this == MAE_ST ? MAE_ST_SHORT_SIDE : 0;
  }
}
