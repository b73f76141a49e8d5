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
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The format of a log: one JSON object a line, one line an entry, flushed as it is written.
 *
 * <p>A run that was killed has usually logged steps which its last checkpoint does not know. {@link
 * #resume} cuts those lines before more are appended, so the file of a resumed run holds the same
 * entries as that of a run never stopped.
 *
 * @param what an entry is, for messages
 * @param toJson an entry as an object
 * @param fromJson an entry that has a {@code step}; fails on nonsense with {@link
 *     IllegalArgumentException}
 * @param step of an entry
 */
record JsonLines<T>(
    String what,
    Function<T, ObjectNode> toJson,
    Function<JsonNode, T> fromJson,
    ToLongFunction<T> step) {

  static final ObjectMapper JSON = new ObjectMapper();

  private record Line<T>(String text, T entry) {}

  /**
   * Opens the log of a run whose last checkpoint was written after {@code step}; later lines, and a
   * last line cut short by a crash, are dropped first. A missing file is an empty one.
   */
  BufferedWriter resume(Path file, long last) throws IOException {
    if (Files.exists(file)) {
      var kept = new StringBuilder();
      for (Line<T> line : lines(file)) {
        if (step.applyAsLong(line.entry()) <= last) {
          kept.append(line.text()).append('\n');
        }
      }
      WholeFile.write(file, kept.toString().getBytes(UTF_8));
    }
    return Files.newBufferedWriter(
        file, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /**
   * The entries of a log, in order. An incomplete last line, as a killed process leaves it, is
   * passed over.
   *
   * @throws IOException when another line is no entry; the message names file and line
   */
  List<T> read(Path file) throws IOException {
    return lines(file).stream().map(Line::entry).toList();
  }

  void append(BufferedWriter out, T entry) throws IOException {
    out.write(JSON.writeValueAsString(toJson.apply(entry)));
    out.write('\n');
    out.flush();
  }

  /** JSON has no NaN: a number that is not finite becomes {@code null}. */
  static void putFinite(ObjectNode json, String name, double value) {
    if (Double.isFinite(value)) {
      json.put(name, value);
    } else {
      json.putNull(name);
    }
  }

  /** A number, {@code NaN} where it is null or missing. */
  static double number(JsonNode json, String name) {
    return json.path(name).asDouble(Double.NaN);
  }

  private List<Line<T>> lines(Path file) throws IOException {
    // Bytes cut inside a character must not fail the whole file: decoded with replacement.
    String text = new String(Files.readAllBytes(file), UTF_8);
    var lines = new ArrayList<Line<T>>();
    int number = 0;
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        break; // every complete line ends with a newline
      }
      String line = text.substring(start, end);
      number++;
      Optional<T> entry = parse(line);
      if (entry.isEmpty()) {
        throw new IOException("%s line %d is not a %s: %s".formatted(file, number, what, line));
      }
      lines.add(new Line<>(line, entry.get()));
      start = end + 1;
    }
    return lines;
  }

  private Optional<T> parse(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      return json.path("step").canConvertToLong()
          ? Optional.of(fromJson.apply(json))
          : Optional.empty();
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
