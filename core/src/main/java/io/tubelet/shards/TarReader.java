package io.tubelet.shards;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Walks from header to header through a tar file: {@code ustar}, pax with its names and sizes, and
 * GNU's long names. Content is passed over unless it is asked for.
 */
final class TarReader implements AutoCloseable {
  /** A header that says more, or a label, is small; what claims to be larger is damaged. */
  private static final int MOST_TEXT = 1 << 20;

  private final Path file;
  private final FileChannel channel;
  private final long size;
  private long position;

  TarReader(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.size = channel.size();
  }

  /**
   * The next file; null at the end mark.
   *
   * @throws ShardException naming the byte where the tar file is damaged or cut short
   */
  @Nullable TarMember next() throws IOException {
    String longName = null;
    long longSize = -1;
    while (true) {
      long at = position;
      byte[] block = block(at);
      if (TarHeader.isEnd(block)) {
        return null;
      }
      TarHeader header = parse(block, at);
      long content = at + TarHeader.BLOCK;
      long bytes = longSize >= 0 ? longSize : header.bytes();
      if (content + bytes > size || content + bytes < 0) {
        throw new ShardException(
            file,
            at,
            "%s should have %d bytes, but the file ends %d bytes after its header: it was cut short"
                .formatted(header.name(), bytes, size - content));
      }
      position = content + TarHeader.padded(bytes);
      switch (header.type()) {
        case TarHeader.FILE, TarHeader.OLD_FILE, TarHeader.CONTIGUOUS_FILE -> {
          return new TarMember(longName == null ? header.name() : longName, content, bytes);
        }
        case TarHeader.GNU_LONG_NAME -> longName = text(content, bytes).replace("\0", "");
        case TarHeader.PAX -> {
          PaxRecords records = PaxRecords.parse(text(content, bytes));
          longName = records.path() == null ? longName : records.path();
          longSize = records.size();
        }
        case TarHeader.PAX_FOR_ALL, TarHeader.GNU_LONG_LINK -> {} // times and links: of no use here
        default -> { // a folder or a link
          longName = null;
          longSize = -1;
        }
      }
    }
  }

  /** The content of a small member, such as a label. */
  String text(TarMember member) throws IOException {
    return text(member.offset(), member.bytes());
  }

  private TarHeader parse(byte[] block, long at) throws ShardException {
    try {
      return TarHeader.parse(block);
    } catch (IllegalArgumentException e) {
      throw new ShardException(file, at, String.valueOf(e.getMessage()));
    }
  }

  private byte[] block(long at) throws IOException {
    if (at + TarHeader.BLOCK > size) {
      throw new ShardException(file, size, "ends without the end mark of a tar: it was cut short");
    }
    return read(at, TarHeader.BLOCK);
  }

  private String text(long at, long bytes) throws IOException {
    if (bytes > MOST_TEXT) {
      throw new ShardException(file, at, "a text of %d bytes is no label".formatted(bytes));
    }
    return new String(read(at, (int) bytes), UTF_8);
  }

  private byte[] read(long at, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new ShardException(file, at + buffer.position(), "became shorter while it was read");
      }
    }
    return buffer.array();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
