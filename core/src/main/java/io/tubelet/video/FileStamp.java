package io.tubelet.video;

import io.tubelet.file.Sha256;
import io.tubelet.shards.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/**
 * By what a file is recognised as unchanged, without reading all of it.
 *
 * @param bytes its size
 * @param modified when it was last written to, in nanoseconds
 * @param head SHA-256 of its first bytes, in hexadecimal
 */
record FileStamp(long bytes, long modified, String head) {
  private static final int HEAD_BYTES = 1 << 16;

  /** The stamp of a file, or of a video in a shard. */
  static FileStamp of(Path path) throws IOException {
    ByteRange range =
        ByteRange.of(path).orElseThrow(() -> new NoSuchFileException(path.toString()));
    FileTime modified = Files.getLastModifiedTime(range.file());
    try (InputStream in = Files.newInputStream(range.file())) {
      in.skipNBytes(range.offset());
      return new FileStamp(
          range.bytes(),
          modified.to(TimeUnit.NANOSECONDS),
          digest(in.readNBytes((int) Math.min(HEAD_BYTES, range.bytes()))));
    }
  }

  /** SHA-256 in hexadecimal. */
  static String digest(byte[] bytes) {
    Sha256 sha = new Sha256();
    sha.add(ByteBuffer.wrap(bytes));
    return sha.hex();
  }
}
