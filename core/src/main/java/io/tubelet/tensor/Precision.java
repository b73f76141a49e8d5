package io.tubelet.tensor;

import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The number format of the large matrix products. Master weights, softmax, normalisation, residual
 * sums and the loss stay in float32 whatever is chosen.
 */
public enum Precision {
  FP32(ScalarType.Float),
  BF16(ScalarType.BFloat16);

  private final ScalarType type;

  Precision(ScalarType type) {
    this.type = type;
  }

  /** The type that inputs and weights of a linear layer are cast to. */
  public ScalarType type() {
    return type;
  }
}
