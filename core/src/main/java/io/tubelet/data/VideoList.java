package io.tubelet.data;

import io.tubelet.data.Manifest.Entry;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
 * <p>Paths are absolute or relative to the list's folder. Blank lines and lines that begin with
 * {@code #} are passed over. A line that as a whole names a file is a path, whatever blanks it
 * contains.
 */
final class VideoList {
  private static final Pattern PATH_AND_LABEL = Pattern.compile("(.+?)[\\s,]+([^\\s,]+)");
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,9}");

  private final Path list;
  private final Path folder;

  private VideoList(Path list) {
    this.list = list;
    Path parent = list.toAbsolutePath().getParent();
    this.folder = parent == null ? list.toAbsolutePath() : parent;
  }

  static Manifest read(Path list) throws IOException {
    return new VideoList(list).manifest();
  }

  private Manifest manifest() throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(list, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new DataException(
          "%s: neither a known kind of video nor a list in UTF-8 text".formatted(list));
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = (i == 0 ? withoutMark(lines.get(i)) : lines.get(i)).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        entries.add(entry(line, i + 1));
      }
    }
    if (entries.isEmpty()) {
      throw new DataException(list + ": the list names no video; write one path a line");
    }
    return new Manifest(list, entries);
  }

  private Entry entry(String line, int number) throws DataException {
    Path whole = file(line);
    if (whole != null) {
      return new Entry(line, whole, null);
    }
    Matcher parts = PATH_AND_LABEL.matcher(line);
    if (!parts.matches()) {
      throw at(number, "no such file: " + line);
    }
    String name = parts.group(1);
    Path file = file(name);
    if (file == null) {
      throw at(number, "no such file: " + (isLabel(parts.group(2)) ? name : line));
    }
    if (!isLabel(parts.group(2))) {
      throw at(
          number, "the label of %s must be an integer, got '%s'".formatted(name, parts.group(2)));
    }
    return new Entry(name, file, Integer.valueOf(parts.group(2)));
  }

  private static boolean isLabel(String text) {
    return INTEGER.matcher(text).matches();
  }

  private @Nullable Path file(String name) {
    try {
      Path file = folder.resolve(name);
      return Files.isRegularFile(file) ? file : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private DataException at(int line, String what) {
    return new DataException("%s, line %d: %s".formatted(list, line, what));
  }

  private static String withoutMark(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }
}
