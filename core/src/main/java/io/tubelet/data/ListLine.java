package io.tubelet.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of a list, which remembers where it stands: whatever is wrong with it is told with file
 * and line.
 *
 * @param list the file
 * @param number from 1
 * @param text without blanks at its ends, never empty
 */
public record ListLine(Path list, int number, String text) {

  /**
   * The lines of a text in UTF-8, blank ones left out.
   *
   * @throws DataException when it is no such text
   */
  public static List<ListLine> read(Path list) throws IOException {
    List<String> all;
    try {
      all = Files.readAllLines(list, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new DataException(list + ": neither a list in UTF-8 text nor a known kind of video");
    }
    List<ListLine> lines = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      String text = (i == 0 ? withoutMark(all.get(i)) : all.get(i)).strip();
      if (!text.isEmpty()) {
        lines.add(new ListLine(list, i + 1, text));
      }
    }
    return lines;
  }

  private static String withoutMark(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }

  /** File and line, as an error says them. */
  public String place() {
    return "%s, line %d".formatted(list, number);
  }

  /** What is wrong here. */
  public DataException error(String what) {
    return new DataException(place() + ": " + what);
  }
}
