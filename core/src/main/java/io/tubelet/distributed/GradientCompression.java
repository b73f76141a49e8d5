package io.tubelet.distributed;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** In which form gradients travel between processes. They are added up in that form, too. */
public enum GradientCompression {
  /** As they are. */
  NONE,
  /** Half the bytes, 11 bits of precision; what exceeds 65504 is lost, and the update skipped. */
  FP16,
  /** Half the bytes and float32's range, 8 bits of precision. */
  BF16;

  /** What is sent in place of a gradient: itself, or a copy. */
  Tensor compressed(Tensor gradient) {
    return switch (this) {
      case NONE -> gradient;
      case FP16 -> gradient.to(ScalarType.Half);
      case BF16 -> gradient.to(ScalarType.BFloat16);
    };
  }
}
