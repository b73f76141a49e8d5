package io.tubelet.pickle;

import io.tubelet.tensor.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The few numpy values that programs put beside their weights: scalars and plain arrays. */
final class Numpy {
  private static final Map<String, ElementType> TYPES =
      Map.of(
          "f4", ElementType.F32,
          "f8", ElementType.F64,
          "f2", ElementType.F16,
          "i8", ElementType.I64,
          "i4", ElementType.I32,
          "i2", ElementType.I16,
          "i1", ElementType.I8,
          "u1", ElementType.U8,
          "b1", ElementType.BOOL);

  private Numpy() {}

  /** A dtype in the making: kind and width first, the byte order in a later instruction. */
  static final class Type {
    private final ElementType elements;

    private Type(ElementType elements) {
      this.elements = elements;
    }

    /** {@code (3, '<', None, None, None, -1, -1, 0)}: the second says the byte order. */
    void build(Tuple state) throws PickleException {
      String order = new Arguments("numpy.dtype.__setstate__", state.items()).get(1, String.class);
      if (!order.equals("<") && !order.equals("|") && !order.equals("=")) {
        throw new PickleException(
            "numpy byte order '%s': only little-endian numbers are read".formatted(order));
      }
    }
  }

  /** An array in the making: empty first, shape and bytes in a later instruction. */
  static final class Array {
    private @Nullable InlineTensor content;

    /** {@code (1, shape, dtype, isFortran, bytes)}. */
    void build(Tuple state) throws PickleException {
      Arguments parts = new Arguments("numpy.ndarray.__setstate__", state.items());
      long[] sizes = parts.longs(1);
      ElementType type = parts.get(2, Type.class).elements;
      boolean columnsFirst = parts.get(3, Boolean.class);
      byte[] data = parts.get(4, byte[].class);
      content = InlineTensor.dense(type, sizes, columnsFirst, data);
    }

    InlineTensor finished() throws PickleException {
      if (content == null) {
        throw new PickleException("a numpy array has no content");
      }
      return content;
    }
  }

  /** {@code _frombuffer(bytes, dtype, shape, order)}, as protocol 5 has it. */
  static Array array(Arguments arguments) throws PickleException {
    arguments.requireCount(4, 4);
    Array array = new Array();
    array.content =
        InlineTensor.dense(
            arguments.get(1, Type.class).elements,
            arguments.longs(2),
            arguments.get(3, String.class).equals("F"),
            arguments.get(0, byte[].class));
    return array;
  }

  /** {@code numpy.dtype('f8', False, True)}. */
  static Type type(Arguments arguments) throws PickleException {
    arguments.requireCount(1, 3);
    String code = arguments.get(0, String.class);
    ElementType elements = TYPES.get(code);
    if (elements == null) {
      throw new PickleException("numpy type '%s' is not one of %s".formatted(code, TYPES.keySet()));
    }
    return new Type(elements);
  }

  /** {@code scalar(dtype, bytes)}: a Java number or boolean. */
  static Object scalar(Arguments arguments) throws PickleException {
    arguments.requireCount(2, 2);
    ElementType type = arguments.get(0, Type.class).elements;
    byte[] data = arguments.get(1, byte[].class);
    if (data.length != type.width()) {
      throw new PickleException(
          "a numpy scalar of %s has %d bytes, should have %d"
              .formatted(type, data.length, type.width()));
    }
    ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    return switch (type) {
      case F32 -> (double) bytes.getFloat();
      case F64 -> bytes.getDouble();
      case I64 -> bytes.getLong();
      case I32 -> (long) bytes.getInt();
      case I16 -> (long) bytes.getShort();
      case I8 -> (long) bytes.get();
      case U8 -> bytes.get() & 0xffL;
      case BOOL -> bytes.get() != 0;
      case F16, BF16 -> throw new PickleException("a numpy scalar of " + type + " is not read");
    };
  }
}
