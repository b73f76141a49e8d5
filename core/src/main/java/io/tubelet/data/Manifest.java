package io.tubelet.data;

import io.tubelet.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
   * Reads a folder (searched recursively), a list file, or a single video.
   *
   * @throws DataException when there is nothing to read; for a list it names the line
   */
  public static Manifest read(Path source) throws IOException {
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
   * SHA-256 over names, sizes and labels, in hexadecimal: two runs with the same digest saw the
   * same data, wherever it was stored.
   */
  public String digest() throws IOException {
    Sha256 sha = new Sha256();
    for (Entry entry : entries) {
      String line = entry.name() + '\t' + Files.size(entry.file()) + '\t' + entry.label() + '\n';
      sha.add(StandardCharsets.UTF_8.encode(line));
    }
    return sha.hex();
  }
}
