package io.tubelet.report;

import static io.tubelet.report.JsonLines.number;
import static io.tubelet.report.JsonLines.putFinite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code validation.jsonl}: a line for every validation, kept, cut and continued like {@link
 * MetricsLog}. Keys: {@code step, epoch, top1, top5, log-loss}; accuracies are shares, 0 to 1.
 */
public final class ValidationLog implements Closeable {

  private static final JsonLines<Validation> LINES =
      new JsonLines<>(
          "validation", ValidationLog::toJson, ValidationLog::fromJson, Validation::step);

  private final BufferedWriter out;

  private ValidationLog(BufferedWriter out) {
    this.out = out;
  }

  /**
   * Continues the log of a run whose last checkpoint was written after {@code step}; later lines,
   * and a last line cut short by a crash, are dropped first. A missing file is an empty one.
   */
  public static ValidationLog resume(Path file, long step) throws IOException {
    return new ValidationLog(LINES.resume(file, step));
  }

  /**
   * The validations of a log, in order; an incomplete last line is passed over.
   *
   * @throws IOException when another line is not a validation; the message names file and line
   */
  public static List<Validation> read(Path file) throws IOException {
    return LINES.read(file);
  }

  public void accept(Validation validation) throws IOException {
    LINES.append(out, validation);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static ObjectNode toJson(Validation v) {
    ObjectNode json = JsonLines.JSON.createObjectNode();
    json.put("step", v.step());
    putFinite(json, "epoch", v.epoch());
    putFinite(json, "top1", v.top1());
    putFinite(json, "top5", v.top5());
    putFinite(json, "log-loss", v.logLoss());
    return json;
  }

  private static Validation fromJson(JsonNode json) {
    return new Validation(
        json.get("step").longValue(),
        number(json, "epoch"),
        number(json, "top1"),
        number(json, "top5"),
        number(json, "log-loss"));
  }
}
