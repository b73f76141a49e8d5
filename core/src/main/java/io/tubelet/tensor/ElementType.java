package io.tubelet.tensor;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The number formats that files of tensors may hold, under the names that safetensors gives them.
 */
public enum ElementType {
  F64(8, ScalarType.Double),
  F32(4, ScalarType.Float),
  F16(2, ScalarType.Half),
  BF16(2, ScalarType.BFloat16),
  I64(8, ScalarType.Long),
  I32(4, ScalarType.Int),
  I16(2, ScalarType.Short),
  I8(1, ScalarType.Char),
  U8(1, ScalarType.Byte),
  BOOL(1, ScalarType.Bool);

  private final int width;
  private final ScalarType scalarType;

  ElementType(int width, ScalarType scalarType) {
    this.width = width;
    this.scalarType = scalarType;
  }

  /** Bytes of one element. */
  public int width() {
    return width;
  }

  /** The same format in libtorch. */
  public ScalarType scalarType() {
    return scalarType;
  }

  /** Whether values have a fraction. */
  public boolean isFloating() {
    return this == F64 || this == F32 || this == F16 || this == BF16;
  }

  /** The format of a tensor; empty for those that have no place in a file (complex, quantised). */
  public static Optional<ElementType> of(Tensor tensor) {
    ScalarType type = tensor.scalar_type().intern();
    return Arrays.stream(values()).filter(t -> t.scalarType == type).findFirst();
  }

  /** The format of this name, as a safetensors file spells it. */
  public static Optional<ElementType> named(String name) {
    return Arrays.stream(values()).filter(t -> t.name().equals(name)).findFirst();
  }
}
