package io.tubelet.study;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A recipe and what a study changes in it.
 *
 * @param recipe a shipped recipe's name or a file; {@code none} leaves the stage out
 * @param set dotted keys to values
 */
public record Stage(String recipe, Map<String, JsonNode> set) {
  static final String NONE = "none";

  public Stage {
    set = new LinkedHashMap<>(set); // in the order in which they were written
  }

  /** Whether the study has this stage. */
  public boolean wanted() {
    return !recipe.equals(NONE);
  }

  /** The same recipe with more changed in it; what {@code more} says goes before. */
  Stage with(Map<String, JsonNode> more) {
    Map<String, JsonNode> both = new LinkedHashMap<>(set);
    both.putAll(more);
    return new Stage(recipe, both);
  }

  /** Another recipe with the same changes. */
  Stage of(String otherRecipe) {
    return new Stage(otherRecipe, set);
  }

  /** What is changed, as {@code --set} takes it. */
  Map<String, String> overrides() {
    Map<String, String> overrides = new LinkedHashMap<>();
    set.forEach((key, value) -> overrides.put(key, text(value)));
    return overrides;
  }

  /** The same with a seed. */
  Map<String, String> overrides(long seed) {
    Map<String, String> overrides = overrides();
    overrides.put("seed", Long.toString(seed));
    return overrides;
  }

  /** A value as it stands in YAML. */
  static String text(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }
}
