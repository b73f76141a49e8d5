package io.tubelet.study;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.config.ConfigException;
import io.tubelet.config.ConfigFormat;
import io.tubelet.config.Recipes;
import io.tubelet.probe.ProbeKind;
import io.tubelet.study.Row.Beginning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a study compares, completely.
 *
 * @param title of its table
 * @param about which table of which paper it repeats, and what that found
 * @param pretraining of all rows
 * @param fineTuning of what was pre-trained; may be none
 * @param fromScratch training with labels and without pre-training, a row of its own; may be none
 * @param probes of frozen features; if there are any, those of untrained encoders are a row too
 * @param mirror whether probes also see each view in a mirror
 * @param seeds each row is trained with each of them
 * @param rows names to what differs in the pre-training
 * @param grid keys to values: every combination is a row more
 * @param papers names of rows to the papers' own figures, each with a name
 */
public record StudyConfig(
    String title,
    String about,
    Stage pretraining,
    Stage fineTuning,
    Stage fromScratch,
    List<ProbeKind> probes,
    boolean mirror,
    List<Long> seeds,
    Map<String, Map<String, JsonNode>> rows,
    Map<String, List<JsonNode>> grid,
    Map<String, Map<String, Double>> papers) {

  private static final String SCRATCH = "from scratch";
  private static final String UNTRAINED = "untrained encoder";

  public StudyConfig {
    probes = List.copyOf(probes);
    seeds = List.copyOf(seeds);
    rows = new LinkedHashMap<>(rows);
    grid = new LinkedHashMap<>(grid);
    papers = new LinkedHashMap<>(papers);
    if (!pretraining.wanted()) {
      throw new IllegalArgumentException("pretraining.recipe: a study needs one to compare with");
    }
    if (seeds.isEmpty() || new HashSet<>(seeds).size() < seeds.size()) {
      throw new IllegalArgumentException(
          "seeds must be different numbers, at least one, got " + seeds);
    }
    if (!fineTuning.wanted() && probes.isEmpty()) {
      throw new IllegalArgumentException(
          "fine-tuning.recipe is none and probes are empty: nothing would be compared but losses");
    }
    grid.forEach(
        (key, values) -> {
          if (values.isEmpty()) {
            throw new IllegalArgumentException("grid.%s has no values".formatted(key));
          }
        });
    List<Row> all = allRows(rows, grid, fromScratch, probes);
    requireDistinct(all);
    requireKnown(papers.keySet(), all);
  }

  /**
   * Reads a study.
   *
   * @param nameOrFile the name of a shipped one, such as {@code studies/masks}, or a YAML file
   * @param overrides dotted keys such as {@code pretraining.set}, with YAML values
   * @throws ConfigException naming the key at fault and what would be right
   */
  public static StudyConfig read(String nameOrFile, Map<String, String> overrides)
      throws IOException {
    return ConfigFormat.bind(
        Recipes.tree(nameOrFile, overrides), StudyConfig.class, "study " + nameOrFile);
  }

  /** All rows in the order of the table: those named, those of the grid, those for comparison. */
  public List<Row> allRows() {
    return allRows(rows, grid, fromScratch, probes);
  }

  private static List<Row> allRows(
      Map<String, Map<String, JsonNode>> rows,
      Map<String, List<JsonNode>> grid,
      Stage fromScratch,
      List<ProbeKind> probes) {
    List<Row> all = new ArrayList<>();
    rows.forEach((name, set) -> all.add(new Row(name, Beginning.PRETRAINED, set)));
    if (!grid.isEmpty()) {
      combinations(grid).forEach(set -> all.add(new Row(name(set), Beginning.PRETRAINED, set)));
    }
    if (fromScratch.wanted()) {
      all.add(new Row(SCRATCH, Beginning.SCRATCH, Map.of()));
    }
    if (!probes.isEmpty()) {
      all.add(new Row(UNTRAINED, Beginning.UNTRAINED, Map.of()));
    }
    return all;
  }

  /** Every choice of one value a key, the last key changing fastest. */
  private static List<Map<String, JsonNode>> combinations(Map<String, List<JsonNode>> grid) {
    List<Map<String, JsonNode>> all = List.of(Map.of());
    for (var axis : grid.entrySet()) {
      List<Map<String, JsonNode>> longer = new ArrayList<>();
      for (Map<String, JsonNode> before : all) {
        for (JsonNode value : axis.getValue()) {
          Map<String, JsonNode> set = new LinkedHashMap<>(before);
          set.put(axis.getKey(), value);
          longer.add(set);
        }
      }
      all = longer;
    }
    return all;
  }

  /** {@code ratio 0.9, kind tube}: the last step of a key says enough. */
  private static String name(Map<String, JsonNode> set) {
    List<String> words = new ArrayList<>();
    set.forEach(
        (key, value) ->
            words.add(key.substring(key.lastIndexOf('.') + 1) + " " + Stage.text(value)));
    return String.join(", ", words);
  }

  private static void requireDistinct(List<Row> rows) {
    Set<String> folders = new HashSet<>();
    for (Row row : rows) {
      if (row.folder().isEmpty() || !folders.add(row.folder())) {
        throw new IllegalArgumentException(
            "rows need different names of letters and digits, also as folders: '%s' ('%s')"
                .formatted(row.name(), row.folder()));
      }
    }
    if (rows.stream().noneMatch(row -> row.beginning() == Beginning.PRETRAINED)) {
      throw new IllegalArgumentException("rows and grid are both empty: nothing to compare");
    }
  }

  private static void requireKnown(Set<String> named, List<Row> rows) {
    for (String name : named) {
      if (rows.stream().noneMatch(row -> row.name().equals(name))) {
        throw new IllegalArgumentException(
            "papers.'%s' is no row; rows are %s"
                .formatted(name, rows.stream().map(Row::name).toList()));
      }
    }
  }
}
