package io.tubelet.video;

import io.tubelet.shards.ByteRange;
import io.tubelet.shards.ShardException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * Where FFmpeg finds the bytes of a video: in a file of its own, or in a part of a shard.
 *
 * @param file the path by which the video is called; also of a folder of pictures
 * @param part of a shard; null for a file or folder of its own
 */
record VideoLocation(Path file, @Nullable ByteRange part) {

  /**
   * The location of what a path names.
   *
   * @throws VideoException when it is missing, empty, or no regular file
   */
  static VideoLocation of(Path file) throws VideoException {
    if (Files.isDirectory(file)) {
      return new VideoLocation(file, null); // of pictures, or its reader says what it lacks
    }
    try {
      if (!Files.exists(file)) {
        return inShard(file);
      }
      if (!Files.isRegularFile(file)) { // reading a pipe would wait for ever
        throw new VideoException(file, "is not a regular file");
      }
      if (Files.size(file) == 0) {
        throw new VideoException(file, "is empty");
      }
    } catch (VideoException known) {
      throw known;
    } catch (IOException unreadable) {
      throw new VideoException(file, "cannot be read: " + unreadable.getMessage());
    }
    return new VideoLocation(file, null);
  }

  private static VideoLocation inShard(Path file) throws IOException {
    Optional<ByteRange> part;
    try {
      part = ByteRange.inShard(file);
    } catch (ShardException damaged) {
      throw new VideoException(file, "its shard is damaged: " + damaged.getMessage());
    }
    if (part.isEmpty()) {
      throw new VideoException(file, "does not exist");
    }
    if (part.get().bytes() == 0) {
      throw new VideoException(file, "is empty");
    }
    return new VideoLocation(file, part.get());
  }

  /** For FFmpeg, which reads it like a file either way. */
  BytePointer url() {
    return part == null ? Ffmpeg.url(file) : Ffmpeg.url(part);
  }

  /** The only ways of reading that FFmpeg may use. */
  String protocols() {
    return part == null ? "file" : "subfile,file";
  }
}
