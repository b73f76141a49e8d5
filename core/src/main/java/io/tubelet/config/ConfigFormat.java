package io.tubelet.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How our records are written in YAML and JSON: {@code kebab-case} keys, every key known, every key
 * present, numbers as numbers. Whatever does not bind is told in one sentence that names the key.
 */
public final class ConfigFormat {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .annotationIntrospector(new KebabCaseEnums())
          .addModule(TargetFormat.module())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build();

  private ConfigFormat() {}

  /** The tree of a record, with the keys of a recipe. */
  public static JsonNode tree(Object record) {
    return MAPPER.valueToTree(record);
  }

  /** The text of a record, as it could stand in a recipe. */
  public static String yaml(Object record) {
    try {
      return MAPPER.writeValueAsString(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a configuration record cannot be written: " + record, e);
    }
  }

  /**
   * A record from its tree.
   *
   * @param source what the tree was read from, for the message
   * @throws ConfigException naming the key at fault and what would be right
   */
  public static <T> T bind(JsonNode tree, Class<T> type, String source) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new ConfigException(source + ": " + sentence(e), e);
    }
  }

  static ObjectNode emptyTree() {
    return MAPPER.createObjectNode();
  }

  /** Parses YAML text into a tree. */
  static JsonNode parse(String yaml, String source) {
    try {
      JsonNode tree = MAPPER.readTree(yaml);
      return tree == null ? MAPPER.createObjectNode() : tree;
    } catch (JsonProcessingException e) {
      throw new ConfigException(
          "%s, line %d: not valid YAML: %s"
              .formatted(source, line(e), e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    }
  }

  private static int line(JsonProcessingException e) {
    return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
  }

  private static String sentence(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      Collection<String> known =
          unknown.getKnownPropertyIds() == null
              ? List.of()
              : unknown.getKnownPropertyIds().stream().map(Object::toString).toList();
      String key = path(unknown.getPath(), null);
      String group = key.substring(0, key.lastIndexOf('.') + 1);
      String hint =
          NearestKey.of(unknown.getPropertyName(), known)
              .map(k -> "; did you mean '%s%s'?".formatted(group, k))
              .orElse("");
      return "unknown key '%s'%s; known here: %s".formatted(key, hint, sorted(known));
    }
    if (e instanceof InvalidTypeIdException kind) {
      return "'%s': unknown kind '%s'".formatted(path(kind.getPath(), "kind"), kind.getTypeId())
          + ": "
          + firstLine(kind.getOriginalMessage());
    }
    if (e instanceof ValueInstantiationException refused && refused.getCause() != null) {
      return firstLine(String.valueOf(refused.getCause().getMessage()));
    }
    if (e instanceof MismatchedInputException mismatch) {
      return "'%s': %s".formatted(path(mismatch.getPath(), null), firstLine(plain(mismatch)));
    }
    return firstLine(e.getOriginalMessage());
  }

  /** Jackson's sentences with our words for its types. */
  private static String plain(MismatchedInputException e) {
    String message = e.getOriginalMessage();
    if (message.startsWith("Missing") && message.contains("creator property")) {
      return "this key is missing";
    }
    if (message.startsWith("Null value for creator property")) {
      return "this key is missing or has no value";
    }
    Class<?> wanted = e.getTargetType();
    if (wanted != null && wanted.isEnum()) {
      String choices =
          List.of(wanted.getEnumConstants()).stream()
              .map(c -> KebabCaseEnums.of((Enum<?>) c))
              .collect(Collectors.joining(", "));
      return "must be one of " + choices;
    }
    return wanted == null
        ? message
        : "not a value of type " + wanted.getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String path(List<JsonMappingException.Reference> path, @Nullable String last) {
    String joined =
        path.stream()
            .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
            .collect(Collectors.joining("."));
    return last == null || joined.endsWith(last) ? joined : joined + "." + last;
  }

  private static String sorted(Collection<String> keys) {
    return keys.stream().sorted().collect(Collectors.joining(", "));
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse(text);
  }
}
