package io.tubelet.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tubelet.tensor.ElementType;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;

/**
 * Tensors on their way into a safetensors file, straight from libtorch's memory: nothing is copied
 * but what is not contiguous or lies on another device, one tensor at a time.
 *
 * <p>The header lists tensors as they were given. Their bytes lie widest type first, which puts
 * every number at a multiple of its width, so that {@link Safetensors} can map them all.
 */
final class SafetensorsWriter implements Disk.Content {
  private static final int HEADER_ALIGNMENT = 8;
  private static final long PIECE_BYTES = 16 << 20;

  private record Item(TensorInfo info, Tensor tensor) {}

  private final List<Item> layout;
  private final byte[] header;

  /**
   * @throws IllegalArgumentException naming the tensor that a file cannot hold
   */
  SafetensorsWriter(Map<String, Tensor> tensors, Map<String, String> metadata) {
    List<Item> items = new ArrayList<>();
    tensors.forEach((name, tensor) -> items.add(new Item(describe(name, tensor), tensor)));
    this.layout =
        items.stream()
            .sorted(Comparator.comparingInt(item -> -item.info().type().width()))
            .toList();
    this.header = header(items, metadata);
  }

  private static TensorInfo describe(String name, Tensor tensor) {
    if (name.equals(SafetensorsHeader.METADATA)) {
      throw new IllegalArgumentException("a tensor cannot be named " + name);
    }
    ElementType type =
        ElementType.of(tensor)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "tensor '%s' is of type %s; a safetensors file holds only %s"
                            .formatted(
                                name,
                                tensor.scalar_type().intern(),
                                List.of(ElementType.values()))));
    return new TensorInfo(name, type, Arrays.stream(Shapes.of(tensor)).boxed().toList());
  }

  private byte[] header(List<Item> items, Map<String, String> metadata) {
    Map<String, Long> begins = new HashMap<>();
    long end = 0;
    for (Item item : layout) {
      begins.put(item.info().name(), end);
      end += item.info().bytes();
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(SafetensorsHeader.METADATA);
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      for (Item item : items) {
        TensorInfo info = item.info();
        long begin = begins.getOrDefault(info.name(), 0L);
        json.writeObjectFieldStart(info.name());
        json.writeStringField("dtype", info.type().name());
        json.writeFieldName("shape");
        json.writeArray(info.sizes(), 0, info.shape().size());
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {begin, begin + info.bytes()}, 0, 2);
        json.writeEndObject();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    while (text.size() % HEADER_ALIGNMENT != 0) {
      text.write(' ');
    }
    return text.toByteArray();
  }

  @Override
  public void pourInto(WritableByteChannel out) throws IOException {
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    pour(length.putLong(0, header.length), out);
    pour(header, out);
    for (Item item : layout) {
      pour(item.tensor(), item.info().bytes(), out);
    }
  }

  private static void pour(Tensor tensor, long bytes, WritableByteChannel out) throws IOException {
    try (TensorScope scope = new TensorScope()) {
      Tensor plain = tensor.detach().cpu().contiguous();
      for (long at = 0; at < bytes; at += PIECE_BYTES) {
        BytePointer piece = new BytePointer(plain.data_ptr());
        piece.position(at).limit(Math.min(at + PIECE_BYTES, bytes));
        pour(piece.asByteBuffer(), out);
      }
    }
  }

  static void pour(byte[] bytes, WritableByteChannel out) throws IOException {
    pour(ByteBuffer.wrap(bytes), out);
  }

  private static void pour(ByteBuffer piece, WritableByteChannel out) throws IOException {
    while (piece.hasRemaining()) {
      out.write(piece);
    }
  }
}
