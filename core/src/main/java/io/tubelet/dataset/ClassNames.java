package io.tubelet.dataset;

import io.tubelet.data.DataException;
import io.tubelet.data.ListLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The classes of a data set: a label is a place in this list, from 0.
 *
 * @param names at least one, none blank, none twice
 */
public record ClassNames(List<String> names) {
  /** UCF101's own class list, which numbers its lines from 1. */
  static final String UCF101_FILE = "classInd.txt";

  public ClassNames {
    names = List.copyOf(names);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("names must hold at least one class, got none");
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (name.isBlank() || !seen.add(name)) {
        throw new IllegalArgumentException(
            "names must be distinct and not blank, got '%s'".formatted(name));
      }
    }
  }

  /** Classes without names, called by their labels: {@code "0"} to {@code "count - 1"}. */
  public static ClassNames numbered(int count) {
    return new ClassNames(IntStream.range(0, count).mapToObj(String::valueOf).toList());
  }

  /**
   * Reads a class list: a text with one class a line, the first being label 0; a {@code .json} map
   * from name to label, as Something-Something's {@code labels.json}; or UCF101's {@code
   * classInd.txt}.
   *
   * @throws DataException naming the line that is blank or repeats a class
   */
  public static ClassNames read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DataException(
          file + ": no such file; give a class list with one class a line, or a .json label map");
    }
    String fileName = String.valueOf(file.getFileName());
    if (fileName.toLowerCase(Locale.ROOT).endsWith(".json")) {
      return LabelMap.read(file);
    }
    return fileName.equals(UCF101_FILE) ? readNumbered(file) : readLines(file);
  }

  private static ClassNames readLines(Path file) throws IOException {
    List<String> names = new ArrayList<>();
    for (ListLine line : ListLine.read(file)) {
      add(names, line, line.number(), line.text());
    }
    return ofFile(file, names);
  }

  private static ClassNames readNumbered(Path file) throws IOException {
    List<String> names = new ArrayList<>();
    for (ListLine line : ListLine.read(file)) {
      String[] numberAndName = line.text().split("\\s+", 2);
      String wanted = String.valueOf(names.size() + 1);
      if (numberAndName.length < 2 || !numberAndName[0].equals(wanted)) {
        throw line.error("must be '%s ClassName', got '%s'".formatted(wanted, line.text()));
      }
      add(names, line, names.size() + 1, numberAndName[1]);
    }
    return ofFile(file, names);
  }

  /** A blank line before {@code line} would shift every label behind it. */
  private static void add(List<String> names, ListLine line, int wantedLine, String name)
      throws DataException {
    if (wantedLine > names.size() + 1) {
      throw new DataException(
          "%s, line %d: blank, but the number of a line is its label; remove it or name the class"
              .formatted(line.list(), names.size() + 1));
    }
    int before = names.indexOf(name);
    if (before >= 0) {
      throw line.error("class '%s' has label %d already".formatted(name, before));
    }
    names.add(name);
  }

  private static ClassNames ofFile(Path file, List<String> names) throws DataException {
    if (names.isEmpty()) {
      throw new DataException(file + ": the class list is empty; write one class a line");
    }
    return new ClassNames(names);
  }

  /** How many classes. */
  public int size() {
    return names.size();
  }

  /** The name of a label. */
  public String name(int label) {
    return names.get(label);
  }
}
