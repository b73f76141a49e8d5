package io.tubelet.study;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.config.ConfigException;
import io.tubelet.config.ConfigFormat;
import io.tubelet.config.Recipes;
import io.tubelet.probe.ProbeKind;
import io.tubelet.study.Row.Beginning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a study compares, completely.
 *
 * @param title of its page
 * @param about which tables of which papers it repeats, and what they found
 * @param pretraining of all rows
 * @param fineTuning of what was pre-trained; may be none
 * @param fromScratch training with labels and without pre-training, a row of its own; may be none
 * @param probes of frozen features; if there are any, those of untrained encoders are a row too
 * @param mirror whether probes also see each view in a mirror
 * @param seeds each row is trained with each of them
 * @param videos share of the unlabelled videos that rows learn from
 * @param labels share of the labelled training videos that rows learn from
 * @param rows names to what differs in them, see {@link Row}
 * @param grid keys to values: every combination is a row more
 * @param tables in which the rows are shown; none for a single table of all
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
    double videos,
    double labels,
    Map<String, Map<String, JsonNode>> rows,
    Map<String, List<JsonNode>> grid,
    Map<String, TableConfig> tables) {

  static final String SCRATCH = "from scratch";
  private static final String UNTRAINED = "untrained encoder";

  public StudyConfig {
    probes = List.copyOf(probes);
    seeds = List.copyOf(seeds);
    rows = new LinkedHashMap<>(rows);
    grid = new LinkedHashMap<>(grid);
    tables = new LinkedHashMap<>(tables);
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
    Row.requireShare("videos", videos);
    Row.requireShare("labels", labels);
    grid.forEach(
        (key, values) -> {
          if (values.isEmpty()) {
            throw new IllegalArgumentException("grid.%s has no values".formatted(key));
          }
        });
    List<Row> all = allRows(rows, grid, fromScratch, probes);
    requireDistinct(all);
    if (all.stream().anyMatch(r -> r.beginning() == Beginning.SCRATCH)
        && !fromScratch.wanted()
        && !fineTuning.wanted()) {
      throw new IllegalArgumentException(
          "a row without pre-training learns from labels: from-scratch.recipe must name how");
    }
    tables.forEach((name, table) -> requireKnown(name, table, all));
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
    JsonNode tree = Recipes.tree(nameOrFile, overrides);
    tree.path("tables")
        .properties()
        .forEach(table -> TableConfig.complete(table.getKey(), table.getValue()));
    return ConfigFormat.bind(tree, StudyConfig.class, "study " + nameOrFile);
  }

  /** All rows in the order of the table: those named, those of the grid, those for comparison. */
  public List<Row> allRows() {
    return allRows(rows, grid, fromScratch, probes);
  }

  /** The tables of its page; a single one where none is said. */
  public Collection<TableConfig> shown() {
    return tables.isEmpty() ? List.of(TableConfig.ofAll(title)) : tables.values();
  }

  /** The rows that a table shows. */
  public List<Row> rowsOf(TableConfig table) {
    List<Row> all = allRows();
    return table.rows().isEmpty()
        ? all
        : table.rows().stream()
            .map(name -> all.stream().filter(row -> row.name().equals(name)).findFirst())
            .flatMap(Optional::stream)
            .toList();
  }

  /** How a row is pre-trained; not wanted where its weights come from elsewhere. */
  Stage pretraining(Row row) {
    Stage base = row.recipe().map(pretraining::of).orElse(pretraining);
    return row.beginning() == Beginning.PRETRAINED
        ? base.with(row.ofPretraining())
        : new Stage(Stage.NONE, Map.of());
  }

  /** Equal for rows that have the same pre-training. */
  String sameness(Row row) {
    return ConfigFormat.yaml(pretraining(row)) + row.beginning() + row.share(Row.VIDEOS, videos);
  }

  /** How a row is trained with labels; not wanted where it is only probed. */
  Stage training(Row row) {
    return switch (row.beginning()) {
      case PRETRAINED, GIVEN -> fineTuning.with(row.ofFineTuning());
      case SCRATCH -> (fromScratch.wanted() ? fromScratch : fineTuning).with(row.ofFineTuning());
      case UNTRAINED -> new Stage(Stage.NONE, Map.of());
    };
  }

  private static List<Row> allRows(
      Map<String, Map<String, JsonNode>> rows,
      Map<String, List<JsonNode>> grid,
      Stage fromScratch,
      List<ProbeKind> probes) {
    List<Row> all = new ArrayList<>();
    rows.forEach((name, set) -> all.add(Row.of(name, set)));
    if (!grid.isEmpty()) {
      combinations(grid).forEach(set -> all.add(Row.of(name(set), set)));
    }
    if (fromScratch.wanted() && all.stream().noneMatch(r -> r.name().equals(SCRATCH))) {
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
      throw new IllegalArgumentException("rows and grid name no pre-training: nothing to compare");
    }
  }

  private static void requireKnown(String table, TableConfig config, List<Row> rows) {
    List<String> known = rows.stream().map(Row::name).toList();
    List<String> grey = config.grey().isEmpty() ? List.of() : List.of(config.grey());
    requireRows("tables.%s.rows".formatted(table), config.rows(), known);
    requireRows("tables.%s.grey".formatted(table), grey, known);
    requireRows("tables.%s.papers".formatted(table), config.papers().keySet(), known);
  }

  private static void requireRows(String field, Collection<String> named, List<String> known) {
    for (String name : named) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "%s: '%s' is no row; rows are %s".formatted(field, name, known));
      }
    }
  }
}
