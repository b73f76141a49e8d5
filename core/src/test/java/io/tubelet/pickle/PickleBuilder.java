package io.tubelet.pickle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.NullUnmarked;

/** Assembles pickles by hand, the honest and the others. */
@NullUnmarked // what a file holds is for the assertions to find out
final class PickleBuilder {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  PickleBuilder() {
    op(Opcode.PROTO).op(2);
  }

  PickleBuilder op(int... codes) {
    for (int code : codes) {
      out.write(code);
    }
    return this;
  }

  PickleBuilder bytes(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  PickleBuilder i4(long value) {
    return bytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) value).array());
  }

  PickleBuilder i8(long value) {
    return bytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  PickleBuilder global(String module, String name) {
    return op(Opcode.GLOBAL).bytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  PickleBuilder text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return op(Opcode.BINUNICODE).i4(utf8.length).bytes(utf8);
  }

  /** Any 64-bit integer. */
  PickleBuilder integer(long value) {
    return op(Opcode.LONG1, 8).i8(value);
  }

  PickleBuilder integers(long... values) {
    op(Opcode.MARK);
    for (long value : values) {
      integer(value);
    }
    return op(Opcode.TUPLE);
  }

  PickleBuilder storage(String type, String key, long elements) {
    op(Opcode.MARK).text("storage").global("torch", type).text(key).text("cpu").integer(elements);
    return op(Opcode.TUPLE, Opcode.BINPERSID);
  }

  /** A float tensor of one storage. */
  PickleBuilder tensor(String key, long elements, long offset, long[] sizes, long[] strides) {
    global("torch._utils", "_rebuild_tensor_v2").op(Opcode.MARK);
    storage("FloatStorage", key, elements).integer(offset).integers(sizes).integers(strides);
    op(Opcode.NEWFALSE).global("collections", "OrderedDict");
    return op(Opcode.EMPTY_TUPLE, Opcode.REDUCE, Opcode.TUPLE, Opcode.REDUCE);
  }

  byte[] stop() {
    out.write(Opcode.STOP);
    return out.toByteArray();
  }

  /** Reads a pickle as a file's would be, its tensors left as layouts. */
  static Object read(byte[] pickle) throws IOException {
    PickleLimits limits = PickleLimits.DEFAULT;
    Pickle read =
        PickleReader.read(new ByteArrayInputStream(pickle), pickle.length, "test", limits);
    return PlainTree.of(
        read.value(),
        limits,
        new PlainTree.Tensors<Object>() {
          @Override
          public Object of(TensorLayout layout) {
            return layout;
          }

          @Override
          public Object of(InlineTensor tensor) {
            return tensor;
          }
        });
  }
}
