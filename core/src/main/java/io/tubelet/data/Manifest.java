package io.tubelet.data;

import io.tubelet.file.Sha256;
import io.tubelet.shards.ByteRange;
import io.tubelet.video.Videos;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The videos of a data set, in a fixed order.
 *
 * @param source the folder, list or shards they come from
 * @param entries at least one
 * @param shuffleBuffer of videos in shards, how many that follow each other are mixed; of no effect
 *     on videos that are files of their own, which are mixed all with all
 */
public record Manifest(Path source, List<Entry> entries, int shuffleBuffer) {

  /** What is mixed where nothing else is said. */
  public static final int SHUFFLE_BUFFER = 1000;

  /**
   * One video.
   *
   * @param name as the list has it, or relative to the folder, with {@code /} between its parts
   * @param file where it is; in a shard as if that were a folder
   * @param label its class, null where the source gives none
   */
  public record Entry(String name, Path file, @Nullable Integer label) {}

  public Manifest {
    entries = List.copyOf(entries);
    if (entries.isEmpty()) {
      throw new IllegalArgumentException(source + " names no video");
    }
    if (shuffleBuffer < 1) {
      throw new IllegalArgumentException(
          "the shuffle buffer must hold at least 1 video, got " + shuffleBuffer);
    }
  }

  /** With the usual buffer. */
  public Manifest(Path source, List<Entry> entries) {
    this(source, entries, SHUFFLE_BUFFER);
  }

  /**
   * Reads a folder (searched recursively), a list file, shards (a folder that has them, a pattern,
   * or one alone), or a single video, which may be a folder of numbered pictures.
   *
   * @throws DataException when there is nothing to read; for a list it names the line
   */
  public static Manifest read(Path source) throws IOException {
    if (Videos.isFrameFolder(source)) {
      String name = String.valueOf(source.getFileName());
      return new Manifest(source, List.of(new Entry(name, source, null)));
    }
    List<Entry> sharded = ShardedVideos.find(source);
    if (!sharded.isEmpty()) {
      return new Manifest(source, sharded);
    }
    if (Files.isDirectory(source)) {
      return VideoFolder.read(source);
    }
    if (ByteRange.of(source).isEmpty()) {
      throw new DataException(
          "%s: no such folder or file; give a folder with videos or shards, or a list with one path a line"
              .formatted(source));
    }
    if (VideoFolder.isVideo(source)) {
      String name = String.valueOf(source.getFileName());
      return new Manifest(source, List.of(new Entry(name, source, null)));
    }
    return VideoList.read(source);
  }

  /** The same videos, mixed in another way where they are in shards. */
  public Manifest withShuffleBuffer(int videos) {
    return new Manifest(source, entries, videos);
  }

  /**
   * Some of the videos, in the same order: of each class, and of those without one, the given share
   * and one at least. The same seed always chooses the same, and a smaller share some of a larger
   * one's.
   *
   * @param share above 0 and at most 1
   */
  public Manifest part(double share, long seed) {
    return share == 1
        ? this
        : new Manifest(source, ChosenPart.of(entries, share, seed), shuffleBuffer);
  }

  /** Number of videos. */
  public int size() {
    return entries.size();
  }

  /**
   * SHA-256 over names, sizes (of a folder: its number of files) and labels, in hexadecimal: two
   * runs with the same digest saw the same data, wherever it was stored. Of shards their buffer
   * counts too: it decides the order.
   */
  public String digest() throws IOException {
    Sha256 sha = new Sha256();
    for (Entry entry : entries) {
      String line = entry.name() + '\t' + size(entry.file()) + '\t' + entry.label() + '\n';
      sha.add(StandardCharsets.UTF_8.encode(line));
    }
    if (ShardRuns.of(entries).anyShard()) {
      sha.add(StandardCharsets.UTF_8.encode("shuffle-buffer\t" + shuffleBuffer + '\n'));
    }
    return sha.hex();
  }

  private static long size(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      try (Stream<Path> inside = Files.list(file)) {
        return inside.count();
      }
    }
    Optional<ByteRange> bytes = ByteRange.of(file);
    if (bytes.isEmpty() && !Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    return bytes.map(ByteRange::bytes).orElse(0L); // a pipe has no size
  }
}
