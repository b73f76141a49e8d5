package io.tubelet.visual;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;

/** Where the pixels of a token lie in the frames of its clip. */
record TokenGrid(ClipShape shape) {

  int slot(int token) {
    return token / shape.tokensPerSlot();
  }

  int row(int token) {
    return token % shape.tokensPerSlot() / shape.columns();
  }

  int column(int token) {
    return token % shape.columns();
  }

  /** Bytes of one pixel row of a patch; they lie side by side. */
  int rowBytes() {
    return shape.patch() * ClipShape.CHANNELS;
  }

  /** First byte of a pixel row of a token in frame {@code frame} of the clip. */
  int offset(int token, int frame, int pixelRow) {
    int y = row(token) * shape.patch() + pixelRow;
    int x = column(token) * shape.patch();
    return ((frame * shape.height() + y) * shape.width() + x) * ClipShape.CHANNELS;
  }

  /**
   * A token's pixels in some frames of its tubelet, scaled to [0, 1], ordered (frame, row, column,
   * channel).
   */
  float[] pixels(Frames clip, int token, int[] frames) {
    float[] values = new float[frames.length * shape.patch() * rowBytes()];
    int v = 0;
    for (int frame : frames) {
      for (int r = 0; r < shape.patch(); r++) {
        int from = offset(token, frame, r);
        for (int i = 0; i < rowBytes(); i++) {
          values[v++] = (clip.rgb()[from + i] & 0xFF) / 255f;
        }
      }
    }
    return values;
  }

  void requireFits(String name, Frames clip) {
    if (clip.count() != shape.frames()
        || clip.height() != shape.height()
        || clip.width() != shape.width()) {
      throw new IllegalArgumentException(
          "%s: expected [%d, %d, %d, 3], got [%d, %d, %d, 3]"
              .formatted(
                  name,
                  shape.frames(),
                  shape.height(),
                  shape.width(),
                  clip.count(),
                  clip.height(),
                  clip.width()));
    }
  }
}
