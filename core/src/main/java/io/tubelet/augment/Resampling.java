package io.tubelet.augment;

import io.tubelet.clip.CropBox;

/** How a box of pixels is brought to another size. */
public enum Resampling {
  /**
   * A triangle as wide as the shrinking asks for, with 8-bit values between the two passes: equal,
   * byte for byte, to Pillow's BILINEAR, which VideoMAE's pre-training uses.
   */
  ANTIALIASED {
    @Override
    Resizer resizer(CropBox box, int height, int width) {
      return new AntialiasedResizer(box, height, width);
    }
  },

  /**
   * The four nearest pixels, however much the box shrinks: libtorch's bilinear with {@code
   * align_corners=false}, which mae_st uses on normalised floats. Here the result is rounded to 8
   * bits once.
   */
  BILINEAR {
    @Override
    Resizer resizer(CropBox box, int height, int width) {
      return new BilinearResizer(box, height, width);
    }
  };

  /** A resizer with its coefficients ready; not thread-safe. */
  abstract Resizer resizer(CropBox box, int height, int width);
}
