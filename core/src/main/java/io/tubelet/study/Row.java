package io.tubelet.study;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One line of a study's table: what differs in it.
 *
 * <p>A key of a pre-training recipe, such as {@code mask.ratio}, changes the pre-training; with
 * {@code fine-tuning.} before it, the training with labels. Five words more are the row's own:
 * {@code recipe} names another pre-training, or {@code none}; {@code checkpoint} gives weights in
 * its place; {@code videos} and {@code labels} are shares of the videos that are learnt from;
 * {@code line} names the curves that it is a point of and changes nothing.
 *
 * @param name of the line
 * @param beginning where its weights come from
 * @param set keys to values
 */
public record Row(String name, Beginning beginning, Map<String, JsonNode> set) {
  static final String RECIPE = "recipe";
  static final String CHECKPOINT = "checkpoint";
  static final String VIDEOS = "videos";
  static final String LABELS = "labels";
  static final String LINE = "line";
  static final String FINE_TUNING = "fine-tuning.";

  private static final Set<String> OWN = Set.of(RECIPE, CHECKPOINT, VIDEOS, LABELS, LINE);

  /** Where the weights of a row come from. */
  public enum Beginning {
    /** Its own pre-training. */
    PRETRAINED,
    /** A file: whatever can be read, made to fit as {@code convert} would. */
    GIVEN,
    /** Nowhere: it is trained with labels only. */
    SCRATCH,
    /** Nowhere, and it stays so: probes of an encoder that never saw a video. */
    UNTRAINED
  }

  public Row {
    set = new LinkedHashMap<>(set);
    for (String share : new String[] {VIDEOS, LABELS}) {
      if (set.containsKey(share)) {
        requireShare("rows.'" + name + "'." + share, set.get(share).asDouble(Double.NaN));
      }
    }
  }

  /** A row that says itself where its weights come from. */
  static Row of(String name, Map<String, JsonNode> set) {
    Row row = new Row(name, Beginning.PRETRAINED, set);
    boolean scratch = row.recipe().filter(Stage.NONE::equals).isPresent();
    boolean given = row.checkpoint().isPresent();
    if (given && set.containsKey(RECIPE)) {
      throw new IllegalArgumentException(
          "rows.'%s' says both recipe and checkpoint: its weights come from one of them"
              .formatted(name));
    }
    if ((given || scratch) && !row.ofPretraining().isEmpty()) {
      throw new IllegalArgumentException(
          "rows.'%s' has no pre-training, yet changes %s of it; leave that out"
              .formatted(name, row.ofPretraining().keySet()));
    }
    return new Row(
        name, scratch ? Beginning.SCRATCH : given ? Beginning.GIVEN : Beginning.PRETRAINED, set);
  }

  static void requireShare(String field, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(
          field + " is a share of the videos, above 0 and at most 1, got " + value);
    }
  }

  /** Another pre-training recipe than the study's. */
  Optional<String> recipe() {
    return Optional.ofNullable(set.get(RECIPE)).map(Stage::text);
  }

  /** The file of its weights. */
  Optional<String> checkpoint() {
    return Optional.ofNullable(set.get(CHECKPOINT)).map(Stage::text);
  }

  /** A share that it says itself. */
  double share(String which, double usual) {
    return set.containsKey(which) ? set.get(which).asDouble() : usual;
  }

  /** What differs in the pre-training. */
  Map<String, JsonNode> ofPretraining() {
    Map<String, JsonNode> own = new LinkedHashMap<>();
    set.forEach(
        (key, value) -> {
          if (!isRowsOwn(key) && !key.startsWith(FINE_TUNING)) {
            own.put(key, value);
          }
        });
    return own;
  }

  /** What differs in the training with labels. */
  Map<String, JsonNode> ofFineTuning() {
    Map<String, JsonNode> own = new LinkedHashMap<>();
    set.forEach(
        (key, value) -> {
          if (key.startsWith(FINE_TUNING)) {
            own.put(key.substring(FINE_TUNING.length()), value);
          }
        });
    return own;
  }

  static boolean isRowsOwn(String key) {
    return OWN.contains(key);
  }

  /** The name as that of a folder. */
  String folder() {
    return name.replaceAll("[^\\p{Alnum}.=-]+", "-").replaceAll("^[.-]+|-+$", "");
  }
}
