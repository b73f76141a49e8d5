package io.tubelet.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recipes by name (shipped inside the library, from the repository's {@code recipes/}) or by file.
 */
public final class Recipes {
  private static final String FOLDER = "/io/tubelet/recipes/";

  private Recipes() {}

  /** The names of the shipped recipes, in alphabetical order. */
  public static List<String> names() {
    return listed("index.txt");
  }

  /** The names of the shipped studies, in alphabetical order. */
  public static List<String> studies() {
    return listed("studies/index.txt");
  }

  private static List<String> listed(String index) {
    return requiredResource(index).lines().filter(line -> !line.isBlank()).sorted().toList();
  }

  /** What a shipped recipe is, in its own words: the first line of its head. */
  public static String headline(String name) {
    return requiredResource(name + ".yaml").lines().findFirst().orElse("").replaceFirst("^# ", "");
  }

  /**
   * The merged tree of a recipe, before it is bound to a record.
   *
   * @param nameOrFile a shipped recipe's name, which goes before a file of that name, or a file,
   *     such as whatever ends in {@code .yaml}; {@code extends} is read in the same way, but files
   *     are looked for beside the one that extends them
   * @param overrides dotted keys such as {@code mask.ratio}, with YAML values
   * @throws ConfigException when the recipe is unknown or not YAML, or an override has no key or no
   *     value
   */
  public static JsonNode tree(String nameOrFile, Map<String, String> overrides) throws IOException {
    ObjectNode tree = load(nameOrFile, Path.of(""), new LinkedHashSet<>());
    overrides.forEach((key, value) -> override(tree, key, value));
    return tree;
  }

  private static ObjectNode load(String nameOrFile, Path folder, Set<String> chain)
      throws IOException {
    String shipped = shipped(nameOrFile);
    Path file = folder.resolve(nameOrFile);
    if (shipped == null && !Files.isRegularFile(file)) {
      throw unknown(nameOrFile, folder);
    }
    String source = shipped == null ? file.normalize().toString() : nameOrFile;
    if (!chain.add(source)) {
      throw new ConfigException(
          "recipes extend each other in a circle: " + String.join(" -> ", chain));
    }
    String text = shipped == null ? Files.readString(file) : shipped;
    if (!(ConfigFormat.parse(text, source) instanceof ObjectNode own)) {
      throw new ConfigException(source + ": a recipe is a YAML mapping of keys to values");
    }
    JsonNode base = own.remove("extends");
    if (base == null) {
      return own;
    }
    Path beside = shipped == null ? file.resolveSibling("") : folder;
    ObjectNode merged = load(base.asText(), beside, chain);
    merge(merged, own);
    return merged;
  }

  /** The text of a shipped recipe or base; their names have no dot, a file's ending has one. */
  private static @Nullable String shipped(String name) {
    return name.contains(".") ? null : resource(name + ".yaml");
  }

  private static ConfigException unknown(String nameOrFile, Path folder) {
    List<String> names = nameOrFile.startsWith("studies/") ? studies() : names();
    return new ConfigException(
        "no recipe and no file named '%s'%s%s; shipped are %s"
            .formatted(
                nameOrFile,
                folder.toString().isEmpty() ? "" : " in " + folder,
                NearestKey.of(nameOrFile, names).map("; did you mean '%s'?"::formatted).orElse(""),
                String.join(", ", names)));
  }

  private static String requiredResource(String name) {
    String text = resource(name);
    if (text == null) {
      throw new IllegalStateException("the library was built without its recipes: no " + name);
    }
    return text;
  }

  private static @Nullable String resource(String name) {
    try (InputStream in = Recipes.class.getResourceAsStream(FOLDER + name)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code over} says replaces what {@code base} says; mappings are merged key by key. */
  static void merge(ObjectNode base, ObjectNode over) {
    over.properties()
        .forEach(
            entry -> {
              JsonNode old = base.get(entry.getKey());
              boolean otherKind =
                  entry.getValue().has("kind")
                      && old != null
                      && !entry.getValue().get("kind").equals(old.get("kind"));
              if (old instanceof ObjectNode oldObject
                  && entry.getValue() instanceof ObjectNode newObject
                  && !otherKind) {
                merge(oldObject, newObject);
              } else {
                base.set(entry.getKey(), entry.getValue());
              }
            });
  }

  private static void override(ObjectNode tree, String key, String value) {
    List<String> steps = new ArrayList<>(List.of(key.split("\\.")));
    if (steps.isEmpty() || steps.stream().anyMatch(String::isBlank)) {
      throw new ConfigException(
          "--set needs key=value with a dotted key such as mask.ratio, got '" + key + "'");
    }
    if (value.isBlank()) {
      throw new ConfigException("--set %s has no value; write %s=VALUE".formatted(key, key));
    }
    String last = steps.remove(steps.size() - 1);
    ObjectNode at = tree;
    for (String step : steps) {
      JsonNode next = at.get(step);
      if (next != null && !(next instanceof ObjectNode)) {
        throw new ConfigException(
            "--set %s: '%s' is a value, not a group of settings".formatted(key, step));
      }
      at = next == null ? at.putObject(step) : (ObjectNode) next;
    }
    at.set(last, ConfigFormat.parse(value, "--set " + key));
  }
}
