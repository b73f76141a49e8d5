package io.tubelet.study;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tubelet.file.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a trial so far.
 *
 * @param identity of what was trained on what: another one makes this worthless
 * @param measures names to values, in the order in which they were found
 * @param seconds spent after the pre-training, over all sittings
 * @param complete whether nothing is left to do
 */
public record Outcome(
    String identity, Map<String, Double> measures, double seconds, boolean complete) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Outcome {
    measures = new LinkedHashMap<>(measures);
  }

  /** Nothing known yet. */
  static Outcome begun(String identity) {
    return new Outcome(identity, Map.of(), 0, false);
  }

  Outcome with(Measure measure, double value) {
    Map<String, Double> more = new LinkedHashMap<>(measures);
    more.put(measure.name(), value);
    return new Outcome(identity, more, seconds, complete);
  }

  Outcome after(double moreSeconds) {
    return new Outcome(identity, measures, seconds + moreSeconds, complete);
  }

  /** Nothing is left to do; how long it took, the pre-training included, becomes a measure. */
  Outcome completed() {
    double before = measures.getOrDefault(Measure.PRETRAINING_MINUTES.name(), 0.0);
    Outcome timed = with(Measure.MINUTES, before + seconds / 60);
    return new Outcome(identity, timed.measures, seconds, true);
  }

  boolean knows(Measure measure) {
    return measures.containsKey(measure.name());
  }

  /**
   * What a file tells, where there is one and it is of the same trial.
   *
   * @throws IOException when the file is of another trial or is not ours
   */
  static Optional<Outcome> read(Path file, String identity) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode json;
    try {
      json = JSON.readTree(Files.readString(file, UTF_8));
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": is not valid JSON: " + e.getOriginalMessage(), e);
    }
    if (!json.path("identity").asText().equals(identity)) {
      throw new IOException(
          file
              + ": is of other settings or other videos; choose another folder for this study, or"
              + " delete this row's");
    }
    Map<String, Double> measures = new LinkedHashMap<>();
    json.path("measures")
        .properties()
        .forEach(entry -> measures.put(entry.getKey(), entry.getValue().asDouble(Double.NaN)));
    return Optional.of(
        new Outcome(
            identity,
            measures,
            json.path("seconds").asDouble(),
            json.path("complete").asBoolean()));
  }

  void write(Path file) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("identity", identity);
    json.put("complete", complete);
    json.put("seconds", seconds);
    ObjectNode values = json.putObject("measures");
    measures.forEach(
        (name, value) -> {
          if (Double.isFinite(value)) {
            values.put(name, value);
          } else {
            values.putNull(name);
          }
        });
    WholeFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
  }
}
