package io.tubelet.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tubelet.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A class list in JSON: {@code {"name": 0, ...}}, labels as numbers or as texts.
 *
 * <p>Quotation marks around a name are taken off: a widespread map of Kinetics has them.
 */
final class LabelMap {
  private static final Pattern LABEL = Pattern.compile("\\d{1,9}");

  private final Path file;
  private final Map<Integer, String> names = new TreeMap<>();
  private final Set<String> seen = new HashSet<>();

  private LabelMap(Path file) {
    this.file = file;
  }

  static ClassNames read(Path file) throws IOException {
    LabelMap map = new LabelMap(file);
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = new JsonFactory().createParser(in)) {
      map.read(json);
    } catch (JsonProcessingException e) {
      throw new DataException(
          "%s, line %d: not valid JSON".formatted(file, e.getLocation().getLineNr()));
    }
    return map.classes();
  }

  private void read(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw error(json, "a label map must be {\"name\": label, ...}");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = withoutQuotes(json.currentName());
      json.nextToken();
      String label = json.getText();
      if (!json.currentToken().isScalarValue() || !LABEL.matcher(label).matches()) {
        throw error(json, "the label of '%s' must be an integer, got %s".formatted(name, label));
      }
      if (name.isBlank() || !seen.add(name)) {
        throw error(json, "class '%s' is blank or named twice".formatted(name));
      }
      String other = names.put(Integer.valueOf(label), name);
      if (other != null) {
        throw error(json, "'%s' and '%s' both have label %s".formatted(other, name, label));
      }
    }
  }

  private static String withoutQuotes(String name) {
    String text = name.strip();
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private ClassNames classes() throws DataException {
    if (names.isEmpty()) {
      throw new DataException(file + ": the label map is empty");
    }
    List<String> inOrder = new ArrayList<>();
    for (Map.Entry<Integer, String> entry : names.entrySet()) {
      if (entry.getKey() != inOrder.size()) {
        throw new DataException(
            "%s: no class has label %d; %d classes must have the labels 0 to %d"
                .formatted(file, inOrder.size(), names.size(), names.size() - 1));
      }
      inOrder.add(entry.getValue());
    }
    return new ClassNames(inOrder);
  }

  private DataException error(JsonParser json, String what) {
    return new DataException(
        "%s, line %d: %s".formatted(file, json.currentTokenLocation().getLineNr(), what));
  }
}
