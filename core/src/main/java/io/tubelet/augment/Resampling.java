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
  },

  /**
   * The four nearest pixels in the fixed-point arithmetic of OpenCV's INTER_LINEAR: equal to it
   * byte for byte. VideoMAE's test and validation.
   */
  OPENCV_LINEAR {
    @Override
    Resizer resizer(CropBox box, int height, int width) {
      return box.height() == 2 * height && box.width() == 2 * width
          ? new BlockResizer(box, height, width) // as OpenCV does
          : new OpenCvLinearResizer(box, height, width);
    }
  },

  /**
   * The mean of the area that a pixel covers, where neither side grows: equal to OpenCV's
   * INTER_AREA byte for byte. Where one grows, {@link #OPENCV_LINEAR}.
   */
  OPENCV_AREA {
    @Override
    Resizer resizer(CropBox box, int height, int width) {
      if (height > box.height() || width > box.width()) {
        return OPENCV_LINEAR.resizer(box, height, width);
      }
      return BlockResizer.divides(box.height(), height) && BlockResizer.divides(box.width(), width)
          ? new BlockResizer(box, height, width)
          : new AreaResizer(box, height, width);
    }
  };

  /** A resizer with its coefficients ready; not thread-safe. */
  abstract Resizer resizer(CropBox box, int height, int width);
}
