package io.tubelet.pickle;

import io.tubelet.tensor.ElementType;
import java.util.Arrays;
import java.util.Optional;

/** PyTorch's classes of storages, in module {@code torch}: one for each number format. */
final class StorageClass {
  private StorageClass() {}

  /** The class that a file names for this format. */
  static String of(ElementType type) {
    return switch (type) {
      case F64 -> "DoubleStorage";
      case F32 -> "FloatStorage";
      case F16 -> "HalfStorage";
      case BF16 -> "BFloat16Storage";
      case I64 -> "LongStorage";
      case I32 -> "IntStorage";
      case I16 -> "ShortStorage";
      case I8 -> "CharStorage";
      case U8 -> "ByteStorage";
      case BOOL -> "BoolStorage";
    };
  }

  /** The format of the class of this name. */
  static Optional<ElementType> named(String name) {
    return Arrays.stream(ElementType.values()).filter(type -> of(type).equals(name)).findFirst();
  }
}
