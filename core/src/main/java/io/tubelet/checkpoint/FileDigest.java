package io.tubelet.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tubelet.file.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/**
 * The size and SHA-256 of a file, by which a later reader notices that it is not the one written.
 */
public record FileDigest(long bytes, String sha256) {

  /** Reads the whole file. */
  public static FileDigest of(Path file) throws IOException {
    Meter meter = new Meter();
    try (FileChannel in = FileChannel.open(file)) {
      ByteBuffer piece = ByteBuffer.allocate(1 << 20);
      while (in.read(piece.clear()) >= 0) {
        meter.add(piece.flip());
      }
    }
    return meter.digest();
  }

  /** Writes a file and measures what went into it. */
  static FileDigest ofWritten(Disk disk, Path file, Disk.Content content) throws IOException {
    Meter meter = new Meter();
    disk.write(file, out -> content.pourInto(meter.over(out)));
    return meter.digest();
  }

  ObjectNode toJson() {
    return JsonNodeFactory.instance.objectNode().put("bytes", bytes).put("sha256", sha256);
  }

  static FileDigest read(JsonFile json) throws CheckpointException {
    return new FileDigest(json.whole("bytes"), json.string("sha256"));
  }

  /** Bytes seen so far. */
  private static final class Meter {
    private final Sha256 sha256 = new Sha256();
    private long bytes;

    void add(ByteBuffer piece) {
      bytes += piece.remaining();
      sha256.add(piece);
    }

    FileDigest digest() {
      return new FileDigest(bytes, sha256.hex());
    }

    /** Passes everything on to {@code out} and counts what it took. */
    WritableByteChannel over(WritableByteChannel out) {
      return new WritableByteChannel() {
        @Override
        public int write(ByteBuffer piece) throws IOException {
          ByteBuffer taken = piece.duplicate();
          int count = out.write(piece);
          add(taken.limit(taken.position() + count));
          return count;
        }

        @Override
        public boolean isOpen() {
          return out.isOpen();
        }

        @Override
        public void close() throws IOException {
          out.close();
        }
      };
    }
  }
}
