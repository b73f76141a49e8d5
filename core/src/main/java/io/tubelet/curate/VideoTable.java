package io.tubelet.curate;

import io.tubelet.data.DataException;
import io.tubelet.data.ListLine;
import io.tubelet.data.VideoList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table of videos with a line of heads: a column {@code path}, perhaps {@code label}, and others,
 * apart by tabs or commas. What a plain list cannot say, such as the source of a clip, is in a
 * column.
 *
 * @param groups the videos of each value of the column, in the order of the table
 */
record VideoTable(Map<String, List<ListedVideo>> groups) {
  private static final String PATH = "path";
  private static final String LABEL = "label";

  /**
   * Reads a table and groups it by a column.
   *
   * @throws DataException naming the column or the line that is wrong
   */
  static VideoTable read(Path table, String column) throws IOException {
    List<ListLine> lines = ListLine.read(table);
    if (lines.isEmpty()) {
      throw new DataException(table + ": the table is empty; its first line must name columns");
    }
    ListLine first = lines.get(0);
    String separator = first.text().contains("\t") ? "\t" : ",";
    List<String> heads = Arrays.asList(first.text().split(separator, -1));
    int group = require(first, heads, column);
    int path = require(first, heads, PATH);
    int label = heads.indexOf(LABEL);
    Path folder = VideoList.folderOf(table);
    Map<String, List<ListedVideo>> groups = new LinkedHashMap<>();
    for (ListLine line : lines.subList(1, lines.size())) {
      String[] fields = line.text().split(separator, -1);
      if (fields.length != heads.size()) {
        throw line.error(
            "has %d fields, but the table has %d columns".formatted(fields.length, heads.size()));
      }
      if (fields[group].isBlank()) {
        throw line.error("column '%s' is empty".formatted(column));
      }
      groups
          .computeIfAbsent(fields[group].strip(), g -> new ArrayList<>())
          .add(
              new ListedVideo(
                  fields[path], file(line, folder, fields[path]), label(line, fields, label)));
    }
    if (groups.isEmpty()) {
      throw new DataException(table + ": the table has no line but its heads");
    }
    return new VideoTable(groups);
  }

  private static int require(ListLine first, List<String> heads, String column)
      throws DataException {
    int at = heads.indexOf(column);
    if (at < 0) {
      throw first.error(
          "no column '%s'; the first line must name columns, and here has: %s"
              .formatted(column, String.join(", ", heads)));
    }
    return at;
  }

  private static Path file(ListLine line, Path folder, String name) throws DataException {
    try {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        return file;
      }
    } catch (InvalidPathException e) {
      throw line.error("'%s' is no path".formatted(name));
    }
    throw line.error("no such file: " + name);
  }

  private static @Nullable Integer label(ListLine line, String[] fields, int column)
      throws DataException {
    if (column < 0 || fields[column].isBlank()) {
      return null;
    }
    if (!fields[column].strip().matches("\\d{1,9}")) {
      throw line.error("the label must be an integer, got '%s'".formatted(fields[column]));
    }
    return Integer.valueOf(fields[column].strip());
  }
}
