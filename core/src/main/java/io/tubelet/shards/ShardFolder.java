package io.tubelet.shards;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Finds shards: in a folder, by a pattern such as {@code shards/0000??.tar}, or one alone. */
public final class ShardFolder {
  private ShardFolder() {}

  /**
   * The shards that a source names, sorted by name; empty where it is something else.
   *
   * @param source a folder with shards directly in it, a shard, or a pattern of the shell ({@code *
   *     ? [abc] {a,b}}) in the last part of a path
   */
  public static List<Path> find(Path source) throws IOException {
    if (Files.isDirectory(source)) {
      return shards(source);
    }
    if (Files.isRegularFile(source)) {
      return Shard.isShard(source) ? List.of(source) : List.of();
    }
    String pattern = String.valueOf(source.getFileName());
    return Shard.isShard(source) ? matching(folderOf(source), pattern) : List.of();
  }

  /** All shards directly in a folder, sorted by name. */
  static List<Path> shards(Path folder) throws IOException {
    return matching(folder, "*" + Shard.EXTENSION);
  }

  /** Deletes all shards directly in a folder with their indices, and those only begun. */
  public static void clear(Path folder) throws IOException {
    for (Path shard : shards(folder)) {
      Files.deleteIfExists(ShardIndex.of(shard));
      Files.delete(shard);
    }
    for (Path begun : matching(folder, "*" + Shard.EXTENSION + TarWriter.UNFINISHED)) {
      Files.delete(begun);
    }
  }

  private static List<Path> matching(Path folder, String pattern) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> shards = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
      for (Path path : found) {
        if (Files.isRegularFile(path) && !path.getFileName().toString().startsWith(".")) {
          shards.add(path);
        }
      }
    } catch (PatternSyntaxException | InvalidPathException notAPattern) {
      return List.of();
    }
    Collections.sort(shards);
    return shards;
  }

  private static Path folderOf(Path source) {
    Path parent = source.getParent();
    return parent == null ? Path.of("") : parent;
  }
}
