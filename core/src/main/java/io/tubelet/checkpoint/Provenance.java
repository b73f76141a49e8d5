package io.tubelet.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How weights came to be; enough to run it again. Readable without loading them.
 *
 * @param configuration the whole resolved configuration of the run
 * @param step optimizer steps done
 * @param clipsSeen clips that contributed to a gradient, repeats counted
 * @param precision of the large products, for instance {@code BF16}
 * @param device where it was trained, for instance {@code cpu} or {@code cuda:0}
 * @param startedFrom a file of weights, or {@code scratch}
 * @param metrics the last values known; {@value #ERROR} decides which checkpoint is the best, or
 *     {@value #LOSS} where no error was measured
 */
public record Provenance(
    JsonNode configuration,
    long seed,
    long step,
    long clipsSeen,
    RunData data,
    String precision,
    String device,
    String startedFrom,
    Map<String, Double> metrics,
    Versions versions,
    Instant writtenAt) {

  /** Mean training loss. */
  public static final String LOSS = "loss";

  /** Share of validation clips that were classified wrongly; not a number where none were. */
  public static final String ERROR = "validation-error";

  public Provenance {
    if (step < 0 || clipsSeen < 0) {
      throw new IllegalArgumentException(
          "step and clipsSeen must not be negative, got step=%d, clipsSeen=%d"
              .formatted(step, clipsSeen));
    }
    configuration = JsonFile.asRead(configuration);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** The last loss; not a number where none was given. */
  public double loss() {
    return metrics.getOrDefault(LOSS, Double.NaN);
  }

  /** By what the best checkpoint is chosen, the lower, the better; not a number for never. */
  double cost() {
    return metrics.getOrDefault(ERROR, loss());
  }

  /** The fields under their own names. */
  public ObjectNode toJson() {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    metrics.forEach(
        (name, value) -> {
          if (Double.isFinite(value)) {
            values.put(name, value);
          } else {
            values.put(name, Double.toString(value)); // JSON has no word for it
          }
        });
    return JsonNodeFactory.instance
        .objectNode()
        .put("step", step)
        .put("clipsSeen", clipsSeen)
        .put("seed", seed)
        .<ObjectNode>set("metrics", values)
        .put("writtenAt", writtenAt.toString())
        .put("startedFrom", startedFrom)
        .put("precision", precision)
        .put("device", device)
        .<ObjectNode>set("data", data.toJson())
        .<ObjectNode>set("versions", versions.toJson())
        .set("configuration", configuration);
  }

  static Provenance read(JsonFile json) throws CheckpointException {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> metric : json.child("metrics").node().properties()) {
      metrics.put(metric.getKey(), number(json, metric.getKey(), metric.getValue()));
    }
    try {
      return new Provenance(
          json.any("configuration"),
          json.whole("seed"),
          json.whole("step"),
          json.whole("clipsSeen"),
          RunData.read(json.child("data")),
          json.string("precision"),
          json.string("device"),
          json.string("startedFrom"),
          metrics,
          Versions.read(json.child("versions")),
          Instant.parse(json.string("writtenAt")));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new CheckpointException(json.file(), String.valueOf(e.getMessage()), e);
    }
  }

  private static double number(JsonFile json, String name, JsonNode value)
      throws CheckpointException {
    try {
      return value.isNumber() ? value.doubleValue() : Double.parseDouble(value.asText());
    } catch (NumberFormatException e) {
      throw new CheckpointException(
          json.file(), "metric '%s' must be a number, got %s".formatted(name, value), e);
    }
  }
}
