package io.tubelet.pickle;

import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A file that {@code torch.save} wrote ({@code .pth}, {@code .pyth}, {@code .pt}, {@code .bin}), in
 * the zip layout or the older one.
 *
 * <p>Its content is a plain tree: {@code Map} (keys String, Long, ...), {@code List} (also for
 * tuples), {@code Set}, {@code String}, {@code Long} or BigInteger, {@code Double}, {@code
 * Boolean}, {@code byte[]}, null, {@link Tensor} and {@link Opaque}. Opening maps the file and
 * reads its index and pickle; the numbers are read when they are used. Writing to a tensor changes
 * neither the file nor any other opening of it, but does show in tensors that share its storage.
 *
 * <p>Tensors live until {@link #close}, or until the enclosing {@code TensorScope} closes. The file
 * must not be shortened meanwhile.
 */
public final class TorchFile implements AutoCloseable {
  /** Where the official programs put the weights: both papers', PySlowFast's, DeepSpeed's. */
  private static final List<String> WRAPPERS = List.of("model", "model_state", "module");

  private static final byte[] ZIP_FIRST_BYTES = {'P', 'K', 3, 4};

  private final Path file;
  private final @Nullable Object root;
  private final List<Tensor> tensors;

  private TorchFile(Path file, @Nullable Object root, List<Tensor> tensors) {
    this.file = file;
    this.root = root;
    this.tensors = tensors;
  }

  /** Opens with the usual limits. */
  public static TorchFile open(Path file) throws IOException {
    return open(file, PickleLimits.DEFAULT);
  }

  /**
   * Opens a file.
   *
   * @throws PickleException naming the file and what is wrong with it or not understood
   */
  public static TorchFile open(Path file, PickleLimits limits) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Content content = content(channel, limits);
      return mapped(file, channel.size(), content, limits);
    } catch (PickleException e) {
      throw e.in(file.toString());
    }
  }

  /**
   * Reads the whole file and compares it with the checksums the zip layout keeps, which opening
   * does for the pickle only. The older layout has none, and always passes.
   *
   * @throws PickleException naming the entry that differs
   */
  public static void verify(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (Arrays.equals(start(channel), ZIP_FIRST_BYTES)) {
        StoredZip.open(channel).verify();
      }
    } catch (PickleException e) {
      throw e.in(file.toString());
    }
  }

  private static byte[] start(FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(ZIP_FIRST_BYTES.length);
    channel.read(start, 0);
    return start.array();
  }

  private static Content content(FileChannel channel, PickleLimits limits) throws IOException {
    byte[] start = start(channel);
    if (Arrays.equals(start, ZIP_FIRST_BYTES)) {
      return ZipFormat.read(channel, limits);
    } else if (LegacyFormat.beginsWith(start)) {
      return LegacyFormat.read(channel, limits);
    }
    throw new PickleException(
        "is not a file of torch.save: it begins with the bytes %s"
            .formatted(HexFormat.of().formatHex(start)));
  }

  private static TorchFile mapped(Path file, long bytes, Content content, PickleLimits limits)
      throws PickleException {
    try (TensorScope scope = new TensorScope()) {
      MappedTensors tensors = new MappedTensors(file, bytes, content.storages(), scope);
      boolean whole = false;
      try {
        @Nullable Object root = PlainTree.of(content.pickle().value(), limits, tensors);
        whole = true;
        return new TorchFile(file, root, tensors.made());
      } finally {
        if (!whole) {
          tensors.made().forEach(Tensor::close);
        }
      }
    }
  }

  /** The file as it was given. */
  public Path file() {
    return file;
  }

  /** Everything in the file; null when it holds Python's None. */
  public @Nullable Object root() {
    return root;
  }

  /** The key under which the weights lie, when they are not at the top. */
  public Optional<String> wrapper() {
    return root instanceof Map<?, ?> top
        ? WRAPPERS.stream().filter(key -> top.get(key) instanceof Map<?, ?>).findFirst()
        : Optional.empty();
  }

  /**
   * The weights by name, in the file's order: under {@code model}, {@code model_state} or {@code
   * module}, else the tensors at the top.
   *
   * @throws PickleException when there are none, or something else stands among them
   */
  public Map<String, Tensor> stateDict() throws PickleException {
    String wrapper = wrapper().orElse("");
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry :
        (top().get(wrapper) instanceof Map<?, ?> in ? in : top()).entrySet()) {
      if (entry.getKey() instanceof String name && entry.getValue() instanceof Tensor tensor) {
        state.put(name, tensor);
      } else if (!wrapper.isEmpty()) {
        throw new PickleException(
            file.toString(),
            "'%s' in '%s' is %s, should be a tensor"
                .formatted(entry.getKey(), wrapper, Arguments.kind(entry.getValue())));
      }
    }
    if (state.isEmpty()) {
      throw new PickleException(
          file.toString(),
          "has no weights at the top or under %s; its entries are %s"
              .formatted(WRAPPERS, top().keySet()));
    }
    return state;
  }

  /** What lies beside the weights: epoch, optimiser, arguments, .... */
  public Map<String, Object> otherEntries() throws PickleException {
    Optional<String> wrapper = wrapper();
    Map<String, Object> others = new LinkedHashMap<>();
    top()
        .forEach(
            (key, value) -> {
              boolean weights =
                  wrapper.isPresent() ? key.equals(wrapper.get()) : value instanceof Tensor;
              if (!weights) {
                others.put(String.valueOf(key), value);
              }
            });
    return others;
  }

  private Map<?, ?> top() throws PickleException {
    if (root instanceof Map<?, ?> top) {
      return top;
    }
    throw new PickleException(
        file.toString(), "holds %s, should hold a dict".formatted(Arguments.kind(root)));
  }

  /** Releases the tensors. */
  @Override
  public void close() {
    tensors.forEach(Tensor::close);
  }
}
