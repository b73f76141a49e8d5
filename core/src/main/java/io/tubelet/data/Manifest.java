package io.tubelet.data;

import io.tubelet.file.Sha256;
import io.tubelet.video.Videos;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The videos of a data set, in a fixed order.
 *
 * @param source the folder or list they come from
 * @param entries at least one
 */
public record Manifest(Path source, List<Entry> entries) {

  /**
   * One video.
   *
   * @param name as the list has it, or relative to the folder, with {@code /} between its parts
   * @param file where it is
   * @param label its class, null where the source gives none
   */
  public record Entry(String name, Path file, @Nullable Integer label) {}

  public Manifest {
    entries = List.copyOf(entries);
    if (entries.isEmpty()) {
      throw new IllegalArgumentException(source + " names no video");
    }
  }

  /**
   * Reads a folder (searched recursively), a list file, or a single video, which may be a folder of
   * numbered pictures.
   *
   * @throws DataException when there is nothing to read; for a list it names the line
   */
  public static Manifest read(Path source) throws IOException {
    if (Videos.isFrameFolder(source)) {
      String name = String.valueOf(source.getFileName());
      return new Manifest(source, List.of(new Entry(name, source, null)));
    }
    if (Files.isDirectory(source)) {
      return VideoFolder.read(source);
    }
    if (!Files.isRegularFile(source)) {
      throw new DataException(
          "%s: no such folder or file; give a folder with videos or a list with one path a line"
              .formatted(source));
    }
    if (VideoFolder.isVideo(source)) {
      String name = String.valueOf(source.getFileName());
      return new Manifest(source, List.of(new Entry(name, source, null)));
    }
    return VideoList.read(source);
  }

  /** Number of videos. */
  public int size() {
    return entries.size();
  }

  /**
   * SHA-256 over names, sizes (of a folder: its number of files) and labels, in hexadecimal: two
   * runs with the same digest saw the same data, wherever it was stored.
   */
  public String digest() throws IOException {
    Sha256 sha = new Sha256();
    for (Entry entry : entries) {
      String line = entry.name() + '\t' + size(entry.file()) + '\t' + entry.label() + '\n';
      sha.add(StandardCharsets.UTF_8.encode(line));
    }
    return sha.hex();
  }

  private static long size(Path file) throws IOException {
    if (!Files.isDirectory(file)) {
      return Files.size(file);
    }
    try (Stream<Path> inside = Files.list(file)) {
      return inside.count();
    }
  }
}
