package io.tubelet.shards;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a tar file that every tar program reads. It appears under its name when {@link #finish} is
 * called, complete; a writer closed before leaves nothing behind. The same members give the same
 * bytes: no time, no owner.
 */
final class TarWriter implements AutoCloseable {
  /** Ending of its name until it is finished. */
  static final String UNFINISHED = ".unfinished";

  private final Path file;
  private final Path unfinished;
  private final FileChannel out;
  private long position;

  TarWriter(Path file) throws IOException {
    this.file = file;
    this.unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    this.out =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
  }

  /** Bytes written so far. */
  long position() {
    return position;
  }

  /** Appends a member with this content. */
  TarMember add(String name, byte[] content) throws IOException {
    TarMember member = begin(name, content.length);
    write(ByteBuffer.wrap(content));
    pad();
    return member;
  }

  /** Appends the part {@code from} as a member. */
  TarMember add(String name, ByteRange from) throws IOException {
    TarMember member = begin(name, from.bytes());
    try (FileChannel in = FileChannel.open(from.file(), StandardOpenOption.READ)) {
      for (long done = 0; done < from.bytes(); ) {
        long moved = in.transferTo(from.offset() + done, from.bytes() - done, out);
        if (moved <= 0) {
          throw new ShardException(from.file(), "became shorter while it was read");
        }
        done += moved;
      }
    }
    position += from.bytes();
    pad();
    return member;
  }

  private TarMember begin(String name, long bytes) throws IOException {
    write(ByteBuffer.wrap(new TarHeader(name, bytes, TarHeader.FILE).block()));
    return new TarMember(name, position, bytes);
  }

  private void pad() throws IOException {
    write(ByteBuffer.allocate((int) (TarHeader.padded(position) - position)));
  }

  private void write(ByteBuffer content) throws IOException {
    while (content.hasRemaining()) {
      position += out.write(content);
    }
  }

  /** Completes the file and gives it its name. */
  void finish() throws IOException {
    write(ByteBuffer.allocate(2 * TarHeader.BLOCK)); // the end mark
    out.force(true);
    out.close();
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    if (out.isOpen()) {
      out.close();
      Files.deleteIfExists(unfinished);
    }
  }
}
