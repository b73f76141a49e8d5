package io.tubelet.shards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A stretch of a file: where the bytes of a video lie that is no file of its own.
 *
 * @param file to be read
 * @param offset of the first byte
 * @param bytes how many
 */
public record ByteRange(Path file, long offset, long bytes) {

  public ByteRange {
    if (offset < 0 || bytes < 0) {
      throw new IllegalArgumentException(
          "%s: offset and bytes must not be negative, got %d and %d"
              .formatted(file, offset, bytes));
    }
  }

  /**
   * What a path names: the whole of a regular file, or a video in a shard; empty where there is
   * neither.
   *
   * @throws ShardException when the path leads into a shard that is damaged
   */
  public static Optional<ByteRange> of(Path path) throws IOException {
    return Files.isRegularFile(path)
        ? Optional.of(new ByteRange(path, 0, Files.size(path)))
        : inShard(path);
  }

  /**
   * The video in a shard that a path such as {@code 000000.tar/000123.mp4} names; empty where the
   * path leads into no shard, or to nothing in it.
   *
   * @throws ShardException when the shard is damaged
   */
  public static Optional<ByteRange> inShard(Path path) throws IOException {
    Path shard = Shard.holding(path);
    if (shard == null) {
      return Optional.empty();
    }
    String name = path.subpath(shard.getNameCount(), path.getNameCount()).toString();
    return Shard.read(shard).find(name.replace('\\', '/'));
  }
}
