package io.tubelet.pickle;

import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/**
 * Writes files that Python's {@code torch.load} opens, with {@code weights_only=True} too.
 *
 * <p>A tree of maps (keys text or integers), lists, tensors, text, whole and real numbers, booleans
 * and null. A map of nothing but tensors becomes an OrderedDict, as a state dict is. Tensors are
 * written dense and on the CPU, whatever they are a view of; sharing is not kept.
 */
public final class TorchWriter {
  private static final String ROOT = "archive";

  /** What PyTorch has written since 1.6, and what its reader expects. */
  private static final String FORMAT_VERSION = "3\n";

  private static final int PIECE = 1 << 26;

  private TorchWriter() {}

  /**
   * Writes under a temporary name beside {@code file} and renames once all is on the disk, so that
   * {@code file} is never half written.
   *
   * @throws IllegalArgumentException naming the place of a value that has no form in the file
   */
  public static void write(Path file, Map<String, ?> root) throws IOException {
    PickleWriter.Written written = PickleWriter.write(root);
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      try (FileChannel channel =
          FileChannel.open(
              partial,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        write(new StoredZipWriter(channel), written);
        channel.force(true);
      }
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static void write(StoredZipWriter zip, PickleWriter.Written written) throws IOException {
    zip.add(ROOT + "/data.pkl", written.pickle());
    zip.add(ROOT + "/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < written.tensors().size(); i++) {
      Tensor tensor = written.tensors().get(i);
      long bytes = tensor.numel() * tensor.element_size();
      zip.add(ROOT + "/data/" + i, bytes, sink -> writeDense(tensor, bytes, sink));
    }
    zip.add(ROOT + "/version", FORMAT_VERSION.getBytes(StandardCharsets.US_ASCII));
    zip.finish();
  }

  private static void writeDense(Tensor tensor, long bytes, StoredZipWriter.Sink sink)
      throws IOException {
    try (TensorScope scope = new TensorScope()) {
      Tensor dense = tensor.detach().to(new Device("cpu"), tensor.scalar_type()).contiguous();
      BytePointer data = new BytePointer(dense.data_ptr());
      for (long at = 0; at < bytes; at += PIECE) {
        long end = Math.min(bytes, at + PIECE);
        sink.write(data.position(at).limit(end).asByteBuffer());
      }
    }
  }
}
