package io.tubelet.measure;

import io.tubelet.model.VitSize;
import io.tubelet.tensor.Precision;

/** Updates of milliseconds. */
final class Cases {
  private Cases() {}

  /** Two clips of 4 x 32 x 32: eight tokens, two or fewer of them visible. */
  static StepCase small(Family family, Encoding encoding) {
    return new StepCase(
        family, VitSize.TINY, 2, Precision.FP32, encoding, Decoding.FULL, 1, 0, 0.75, 4, 32);
  }

  static StepCase small() {
    return small(Family.VIDEOMAE, Encoding.SPARSE);
  }
}
