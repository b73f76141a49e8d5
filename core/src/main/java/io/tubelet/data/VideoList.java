package io.tubelet.data;

import io.tubelet.data.Manifest.Entry;
import io.tubelet.shards.ByteRange;
import io.tubelet.shards.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of videos: one path a line, or path and label as both official programs write it,
 * apart by blanks, a tab or a comma.
 *
 * <p>Paths are absolute or relative to a folder, and may lead into shards; a line that names a
 * shard stands for all its videos, with the labels that are in it. Blank lines are passed over, and
 * so are lines that begin with {@code #} unless they name a file: HMDB51 has videos that begin so.
 * A line that as a whole names a file is a path, whatever blanks it contains.
 */
public final class VideoList {
  private static final Pattern PATH_AND_LABEL = Pattern.compile("(.+?)[\\s,]+([^\\s,]+)");
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,9}");

  private final Path folder;

  private VideoList(Path folder) {
    this.folder = folder;
  }

  /**
   * What one line names.
   *
   * @param name as the list has it
   * @param file null where there is no such file
   * @param label null where the line gives none
   */
  public record Row(ListLine line, String name, @Nullable Path file, @Nullable Integer label) {}

  /**
   * All rows of a list, files that are not there included.
   *
   * @param folder where relative paths begin
   * @throws DataException when the list is empty, or naming the line whose label is no integer
   */
  public static List<Row> rows(Path list, Path folder) throws IOException {
    VideoList reader = new VideoList(folder);
    List<Row> rows = new ArrayList<>();
    for (ListLine line : ListLine.read(list)) {
      Row row = reader.row(line);
      if (row.file() != null || !line.text().startsWith("#")) {
        rows.add(row);
      }
    }
    if (rows.isEmpty()) {
      throw new DataException(list + ": the list names no video; write one path a line");
    }
    return rows;
  }

  /** The folder in which a list lies. */
  public static Path folderOf(Path list) {
    Path absolute = list.toAbsolutePath();
    Path parent = absolute.getParent();
    return parent == null ? absolute : parent;
  }

  static Manifest read(Path list) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Row row : rows(list, folderOf(list))) {
      if (row.file() == null) {
        throw row.line().error("no such file: " + row.name());
      }
      if (Shard.isShard(row.file())) {
        entries.addAll(ShardedVideos.of(row.file(), row.name()));
      } else {
        entries.add(new Entry(row.name(), row.file(), row.label()));
      }
    }
    if (entries.isEmpty()) {
      throw new DataException(list + ": no video in the shards that the list names");
    }
    return new Manifest(list, entries);
  }

  private Row row(ListLine line) throws IOException {
    Path whole = file(line.text());
    Matcher parts = PATH_AND_LABEL.matcher(line.text());
    if (whole != null || !parts.matches()) {
      return new Row(line, line.text(), whole, null);
    }
    String name = parts.group(1);
    String label = parts.group(2);
    Path file = file(name);
    if (INTEGER.matcher(label).matches()) {
      return new Row(line, name, file, Integer.valueOf(label));
    }
    if (file != null) {
      throw line.error("the label of %s must be an integer, got '%s'".formatted(name, label));
    }
    return new Row(line, line.text(), null, null);
  }

  private @Nullable Path file(String name) throws IOException {
    try {
      Path file = folder.resolve(name);
      // What cannot be read is quarantined by its reader.
      return Files.exists(file) || ByteRange.inShard(file).isPresent() ? file : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
