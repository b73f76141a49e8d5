package io.tubelet.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A table of a study. Several may show the same row, which is trained once.
 *
 * @param title heads it
 * @param about which table of which paper it repeats, and what that found
 * @param layout of its cells
 * @param rows that it shows, by name; empty for all of them
 * @param grey the row that is the usual setting, which papers mark grey; empty for none
 * @param down of a grid the setting that changes from line to line, of a curve the one that makes
 *     several lines (empty for a single line); of a table empty
 * @param across of a grid the setting that changes from column to column, of a curve the number on
 *     the horizontal axis; of a table empty
 * @param measures columns of a table, by name; empty for all shares and the time
 * @param names what rows, settings and values are called in it, where their own names are too long;
 *     {@code case} heads the rows
 * @param papers rows to the papers' own figures, each with a name
 */
public record TableConfig(
    String title,
    String about,
    Layout layout,
    List<String> rows,
    String grey,
    String down,
    String across,
    List<String> measures,
    Map<String, String> names,
    Map<String, Map<String, Double>> papers) {

  public TableConfig {
    rows = List.copyOf(rows);
    measures = List.copyOf(measures);
    names = Map.copyOf(names);
    papers = new LinkedHashMap<>(papers);
    boolean needsAcross = layout != Layout.TABLE;
    if (needsAcross == across.isEmpty()) {
      throw new IllegalArgumentException(
          "tables.'%s': across names the setting %s, layout %s %s"
              .formatted(
                  title,
                  layout == Layout.CURVE ? "on the horizontal axis" : "that changes across",
                  layout.name().toLowerCase(Locale.ROOT),
                  needsAcross ? "needs it" : "has none"));
    }
    if ((layout == Layout.GRID && down.isEmpty()) || (layout == Layout.TABLE && !down.isEmpty())) {
      throw new IllegalArgumentException(
          "tables.'%s': down names the setting that changes down a grid, or a curve's lines, got '%s'"
              .formatted(title, down));
    }
  }

  /** The one table of a study that says nothing of tables. */
  static TableConfig ofAll(String title) {
    return new TableConfig(
        title, "", Layout.TABLE, List.of(), "", "", "", List.of(), Map.of(), Map.of());
  }

  /** What something is called in it. */
  String called(String name) {
    return names.getOrDefault(name, name);
  }

  /** What a table need not say, filled in. */
  static void complete(String name, JsonNode table) {
    if (table instanceof ObjectNode said) {
      said.putIfAbsent("title", said.textNode(name));
      said.putIfAbsent("layout", said.textNode("table"));
      for (String text : List.of("about", "grey", "down", "across")) {
        said.putIfAbsent(text, said.textNode(""));
      }
      for (String list : List.of("rows", "measures")) {
        said.putIfAbsent(list, said.arrayNode());
      }
      for (String map : List.of("names", "papers")) {
        said.putIfAbsent(map, said.objectNode());
      }
    }
  }
}
