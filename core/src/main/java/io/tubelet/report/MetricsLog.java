package io.tubelet.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tubelet.file.WholeFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code metrics.jsonl}: one JSON object a line, one line a report, flushed as it is written.
 *
 * <p>A run that was killed has usually logged steps which its last checkpoint does not know. {@link
 * #resume} cuts those lines before it appends, so the file of a resumed run holds the same steps
 * and losses as that of a run never stopped.
 */
public final class MetricsLog implements StepSink {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final BufferedWriter out;

  private MetricsLog(BufferedWriter out) {
    this.out = out;
  }

  /**
   * Continues the log of a run whose last checkpoint was written after {@code step}; later lines,
   * and a last line cut short by a crash, are dropped first. A missing file is an empty one.
   */
  public static MetricsLog resume(Path file, long step) throws IOException {
    if (Files.exists(file)) {
      var kept = new StringBuilder();
      for (Line line : lines(file)) {
        if (line.report().step() <= step) {
          kept.append(line.text()).append('\n');
        }
      }
      WholeFile.write(file, kept.toString().getBytes(UTF_8));
    }
    return new MetricsLog(
        Files.newBufferedWriter(file, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  /**
   * The reports of a log, in order. An incomplete last line, as a killed process leaves it, is
   * passed over.
   *
   * @throws IOException when another line is not a report; the message names file and line
   */
  public static List<StepReport> read(Path file) throws IOException {
    return lines(file).stream().map(Line::report).toList();
  }

  @Override
  public void accept(StepReport report) throws IOException {
    out.write(JSON.writeValueAsString(toJson(report)));
    out.write('\n');
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private record Line(String text, StepReport report) {}

  private static List<Line> lines(Path file) throws IOException {
    // Bytes cut inside a character must not fail the whole file: decoded with replacement.
    String text = new String(Files.readAllBytes(file), UTF_8);
    var lines = new ArrayList<Line>();
    int number = 0;
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        break; // every complete line ends with a newline
      }
      String line = text.substring(start, end);
      number++;
      StepReport report = parse(line).orElseThrow(notAReport(file, number, line));
      lines.add(new Line(line, report));
      start = end + 1;
    }
    return lines;
  }

  private static Supplier<IOException> notAReport(Path file, int number, String line) {
    return () ->
        new IOException("%s line %d is not a step report: %s".formatted(file, number, line));
  }

  private static ObjectNode toJson(StepReport r) {
    ObjectNode json = JSON.createObjectNode();
    json.put("step", r.step());
    putFinite(json, "epoch", r.epoch());
    putFinite(json, "loss", r.loss());
    putFinite(json, "lr", r.learningRate());
    putFinite(json, "grad_norm", r.gradNorm());
    putFinite(json, "clips_per_second", r.clipsPerSecond());
    putFinite(json, "loader_wait_share", r.loaderWaitShare());
    json.put("skipped_steps", r.skippedSteps());
    putFinite(json, "elapsed_seconds", r.elapsedSeconds());
    json.put("rss_bytes", r.rssBytes());
    return json;
  }

  private static void putFinite(ObjectNode json, String name, double value) {
    if (Double.isFinite(value)) {
      json.put(name, value);
    } else {
      json.putNull(name); // JSON has no NaN
    }
  }

  private static Optional<StepReport> parse(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      if (!json.path("step").canConvertToLong()) {
        return Optional.empty();
      }
      return Optional.of(
          new StepReport(
              json.get("step").longValue(),
              number(json, "epoch"),
              number(json, "loss"),
              number(json, "lr"),
              number(json, "grad_norm"),
              number(json, "clips_per_second"),
              number(json, "loader_wait_share"),
              json.path("skipped_steps").asLong(0),
              number(json, "elapsed_seconds"),
              json.path("rss_bytes").asLong(0)));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static double number(JsonNode json, String name) {
    return json.path(name).asDouble(Double.NaN);
  }
}
