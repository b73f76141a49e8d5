package io.tubelet.video;

import io.tubelet.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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

  static FileStamp of(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    try (InputStream in = Files.newInputStream(file)) {
      return new FileStamp(
          attributes.size(),
          attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
          digest(in.readNBytes(HEAD_BYTES)));
    }
  }

  /** SHA-256 in hexadecimal. */
  static String digest(byte[] bytes) {
    Sha256 sha = new Sha256();
    sha.add(ByteBuffer.wrap(bytes));
    return sha.hex();
  }
}
