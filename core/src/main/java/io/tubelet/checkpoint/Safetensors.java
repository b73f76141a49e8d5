package io.tubelet.checkpoint;

import io.tubelet.tensor.ElementType;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * A safetensors file: names, shapes and metadata at once, numbers when asked for.
 *
 * <p>The file is mapped, not read: gigabytes open in milliseconds, and a tensor's pages are fetched
 * when its numbers are used. A tensor taken from here is private (changing it does not change the
 * file) and stays valid after {@link #close}. The file must not be cut short while its tensors are
 * in use; those written by this package are replaced whole, never rewritten in place.
 */
public final class Safetensors implements AutoCloseable {
  private final Path file;
  private final SafetensorsHeader header;
  private @Nullable Tensor mapping;

  private Safetensors(Path file, SafetensorsHeader header) {
    this.file = file;
    this.header = header;
  }

  /**
   * Reads and checks the header; the numbers stay where they are.
   *
   * @throws CheckpointException if there is no such file, or anything in its header is wrong
   */
  public static Safetensors open(Path file) throws IOException {
    return new Safetensors(file, SafetensorsHeader.read(file));
  }

  /**
   * Writes tensors to a file that appears whole or not at all; an earlier one of that name is
   * replaced in one step.
   *
   * @param tensors of any device and layout; none may be complex or quantised
   * @throws CheckpointException naming the file, also when the disk is full
   */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    new LocalDisk().replace(file, new SafetensorsWriter(tensors, metadata));
  }

  public Path file() {
    return file;
  }

  /** Every tensor, in the header's order. */
  public List<TensorInfo> tensors() {
    return header.entries().values().stream().map(SafetensorsHeader.Entry::info).toList();
  }

  public boolean contains(String name) {
    return header.entries().containsKey(name);
  }

  /** What the writer said of the file as a whole. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /**
   * The tensor of this name, on the CPU, in the type it was stored in. It belongs to the innermost
   * scope, or to the caller where there is none.
   *
   * @throws CheckpointException if there is none of this name
   */
  public Tensor tensor(String name) throws IOException {
    SafetensorsHeader.Entry entry = header.entries().get(name);
    if (entry == null) {
      throw new CheckpointException(file, "has no tensor " + SafetensorsHeader.shown(name));
    }
    try (TensorScope scope = new TensorScope()) {
      return scope.keep(view(entry));
    }
  }

  /** All tensors by name, in the header's order; as {@link #tensor} gives them. */
  public Map<String, Tensor> load() throws IOException {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (String name : header.entries().keySet()) {
      all.put(name, tensor(name));
    }
    return all;
  }

  private Tensor view(SafetensorsHeader.Entry entry) throws CheckpointException {
    TensorInfo info = entry.info();
    ElementType type = info.type();
    if (info.elements() == 0) {
      return torch.empty(info.sizes(), new TensorOptions(type.scalarType()), null);
    }
    Tensor bytes = mapping().narrow(0, entry.begin(), info.bytes()); // [bytes]
    if (type == ElementType.BOOL) {
      bytes = bytes.ne(new Scalar(0)); // a byte of 2 would be neither true nor false
    } else if (entry.begin() % type.width() != 0) {
      bytes = bytes.clone(); // numbers must lie at multiples of their width
    }
    return bytes.view(type.scalarType()).view(info.sizes());
  }

  private Tensor mapping() throws CheckpointException {
    if (mapping == null) {
      try (TensorScope scope = new TensorScope();
          BytePointer name = new BytePointer(file.toString(), StandardCharsets.UTF_8)) {
        Tensor mapped =
            torch.from_file(
                name,
                new BoolOptional(false),
                new LongOptional(header.fileBytes()),
                new TensorOptions(ScalarType.Byte));
        mapped.retainReference();
        mapping = mapped;
      } catch (RuntimeException e) {
        throw new CheckpointException(file, "cannot be mapped: " + firstLine(e), e);
      }
    }
    return mapping;
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** Gives up this handle; tensors taken earlier keep the mapping alive as long as they need it. */
  @Override
  public void close() {
    if (mapping != null) {
      mapping.releaseReference();
      mapping = null;
    }
  }
}
