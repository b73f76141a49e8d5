package io.tubelet.measure;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns as wide as their widest cell; the first is set left, the rest right. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  TextTable row(List<String> cells) {
    rows.add(cells);
    return this;
  }

  String text() {
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        String blanks = " ".repeat(width(column) - cell.length());
        out.append(column == 0 ? cell + blanks : GAP + blanks + cell);
      }
      out.append(System.lineSeparator());
    }
    return out.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
