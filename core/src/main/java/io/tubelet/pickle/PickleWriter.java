package io.tubelet.pickle;

import io.tubelet.tensor.ElementType;
import io.tubelet.tensor.Shapes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plain tree as a pickle of protocol 2, the one PyTorch writes, in instructions its
 * restricted unpickler ({@code weights_only=True}) takes.
 *
 * <p>A map that holds nothing but tensors is written as an OrderedDict, as state dicts are; any
 * other as a dict. Nothing is memoised: each tensor is a storage of its own.
 */
final class PickleWriter {
  private static final int MAX_DEPTH = PickleLimits.DEFAULT.depth();
  private static final int TOP_OF_U1 = 0xff;
  private static final int TOP_OF_U2 = 0xffff;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Tensor> tensors = new ArrayList<>();

  private PickleWriter() {}

  /** The pickle, and the tensors whose numbers belong to storages 0, 1, .... */
  record Written(byte[] pickle, List<Tensor> tensors) {}

  /**
   * Writes the tree below {@code root}.
   *
   * @throws IllegalArgumentException naming the place of a value that has no form in the file
   */
  static Written write(Map<?, ?> root) {
    PickleWriter writer = new PickleWriter();
    writer.out.write(Opcode.PROTO);
    writer.out.write(2);
    writer.value(root, "", 0);
    writer.out.write(Opcode.STOP);
    return new Written(writer.out.toByteArray(), writer.tensors);
  }

  private void value(@Nullable Object value, String place, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "%s: nested deeper than %d, or in itself".formatted(place, MAX_DEPTH));
    }
    if (value == null) {
      out.write(Opcode.NONE);
    } else if (value instanceof Boolean flag) {
      out.write(flag ? Opcode.NEWTRUE : Opcode.NEWFALSE);
    } else if (value instanceof Long || value instanceof Integer) {
      integer(((Number) value).longValue());
    } else if (value instanceof Double || value instanceof Float) {
      out.write(Opcode.BINFLOAT);
      little(Long.reverseBytes(Double.doubleToLongBits(((Number) value).doubleValue())), 8);
    } else if (value instanceof String text) {
      text(text);
    } else if (value instanceof Tensor tensor) {
      tensor(tensor, place);
    } else if (value instanceof Map<?, ?> map) {
      dict(map, place, depth);
    } else if (value instanceof List<?> list) {
      list(list, place, depth);
    } else {
      throw new IllegalArgumentException(
          "%s: %s has no form in a PyTorch file; it takes maps, lists, tensors, text, numbers"
              .formatted(place, value.getClass().getName()));
    }
  }

  private void dict(Map<?, ?> map, String place, int depth) {
    if (isStateDict(map.values())) {
      global("collections", "OrderedDict");
      out.write(Opcode.EMPTY_TUPLE);
      out.write(Opcode.REDUCE);
    } else {
      out.write(Opcode.EMPTY_DICT);
    }
    out.write(Opcode.MARK);
    map.forEach(
        (key, value) -> {
          String inner = place + "/" + key;
          if (!(key instanceof String || key instanceof Long || key instanceof Integer)) {
            throw new IllegalArgumentException(inner + ": a key must be text or an integer");
          }
          value(key, inner, depth);
          value(value, inner, depth + 1);
        });
    out.write(Opcode.SETITEMS);
  }

  private static boolean isStateDict(Collection<?> values) {
    return !values.isEmpty() && values.stream().allMatch(Tensor.class::isInstance);
  }

  private void list(List<?> list, String place, int depth) {
    out.write(Opcode.EMPTY_LIST);
    out.write(Opcode.MARK);
    for (int i = 0; i < list.size(); i++) {
      value(list.get(i), place + "/" + i, depth + 1);
    }
    out.write(Opcode.APPENDS);
  }

  /** {@code _rebuild_tensor_v2(storage, 0, size, stride, False, OrderedDict())}. */
  private void tensor(Tensor tensor, String place) {
    ElementType type =
        ElementType.of(tensor)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s: a tensor of %s has no form in the file"
                            .formatted(place, tensor.scalar_type().intern())));
    global("torch._utils", "_rebuild_tensor_v2");
    out.write(Opcode.MARK);
    out.write(Opcode.MARK);
    text("storage");
    global("torch", StorageClass.of(type));
    text(Integer.toString(tensors.size()));
    text("cpu");
    integer(tensor.numel());
    out.write(Opcode.TUPLE);
    out.write(Opcode.BINPERSID);
    integer(0);
    long[] sizes = Shapes.of(tensor);
    integers(sizes);
    integers(rowMajor(sizes));
    out.write(Opcode.NEWFALSE);
    global("collections", "OrderedDict");
    out.write(Opcode.EMPTY_TUPLE);
    out.write(Opcode.REDUCE);
    out.write(Opcode.TUPLE);
    out.write(Opcode.REDUCE);
    tensors.add(tensor);
  }

  private static long[] rowMajor(long[] sizes) {
    long[] strides = new long[sizes.length];
    long step = 1;
    for (int i = sizes.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= Math.max(1, sizes[i]);
    }
    return strides;
  }

  private void integers(long[] values) {
    out.write(Opcode.MARK);
    for (long value : values) {
      integer(value);
    }
    out.write(Opcode.TUPLE);
  }

  private void integer(long value) {
    if (value >= 0 && value <= TOP_OF_U1) {
      out.write(Opcode.BININT1);
      out.write((int) value);
    } else if (value >= 0 && value <= TOP_OF_U2) {
      out.write(Opcode.BININT2);
      little(value, 2);
    } else if (value == (int) value) {
      out.write(Opcode.BININT);
      little(value, 4);
    } else {
      out.write(Opcode.LONG1);
      out.write(Long.BYTES);
      little(value, Long.BYTES);
    }
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.write(Opcode.BINUNICODE);
    little(utf8.length, 4);
    out.writeBytes(utf8);
  }

  private void global(String module, String name) {
    out.write(Opcode.GLOBAL);
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void little(long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >> (i * Byte.SIZE)));
    }
  }
}
