package io.tubelet.pickle;

import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The number formats a tensor file may hold, each with PyTorch's names for it. */
enum ElementType {
  FLOAT32("FloatStorage", 4, ScalarType.Float),
  FLOAT64("DoubleStorage", 8, ScalarType.Double),
  FLOAT16("HalfStorage", 2, ScalarType.Half),
  BFLOAT16("BFloat16Storage", 2, ScalarType.BFloat16),
  INT64("LongStorage", 8, ScalarType.Long),
  INT32("IntStorage", 4, ScalarType.Int),
  INT16("ShortStorage", 2, ScalarType.Short),
  INT8("CharStorage", 1, ScalarType.Char),
  UINT8("ByteStorage", 1, ScalarType.Byte),
  BOOL("BoolStorage", 1, ScalarType.Bool);

  private final String storage;
  private final int bytes;
  private final ScalarType scalar;

  ElementType(String storage, int bytes, ScalarType scalar) {
    this.storage = storage;
    this.bytes = bytes;
    this.scalar = scalar;
  }

  /** The class PyTorch names in a file, in module {@code torch}. */
  String storage() {
    return storage;
  }

  /** Bytes per element. */
  int bytes() {
    return bytes;
  }

  /** The type as libtorch has it. */
  ScalarType scalar() {
    return scalar;
  }

  /** By PyTorch's storage class, as in {@code HalfStorage}. */
  static Optional<ElementType> ofStorage(String name) {
    for (ElementType type : values()) {
      if (type.storage.equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** By libtorch's type. */
  static Optional<ElementType> of(ScalarType scalar) {
    ScalarType canonical = scalar.intern();
    for (ElementType type : values()) {
      if (type.scalar == canonical) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
