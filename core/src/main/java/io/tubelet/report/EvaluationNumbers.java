package io.tubelet.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The chief numbers of an evaluation that was written by {@link EvaluationReport}.
 *
 * @param top1 share of the clips, 0 to 1
 * @param top5 share of the clips, 0 to 1
 * @param logLoss mean over the clips
 * @param evaluated clips scored
 * @param listed clips of the list
 * @param views what of a clip was scored
 */
public record EvaluationNumbers(
    double top1, double top5, double logLoss, int evaluated, int listed, String views) {

  /**
   * Reads {@code evaluation.json}: the file, the folder that holds it, or a run whose folder {@code
   * evaluation} does.
   *
   * @throws IOException naming the path when there is none, or it is not what was written
   */
  public static EvaluationNumbers read(Path path) throws IOException {
    Path file = locate(path);
    try {
      JsonNode json = JsonLines.JSON.readTree(Files.readString(file, UTF_8));
      if (!json.path("format").asText().startsWith("tubelet-evaluation-")) {
        throw new IOException(file + ": is not an evaluation of ours (no 'format')");
      }
      return new EvaluationNumbers(
          JsonLines.number(json.path("top1"), "share"),
          JsonLines.number(json.path("top5"), "share"),
          JsonLines.number(json, "log-loss"),
          json.path("evaluated").asInt(),
          json.path("listed").asInt(),
          json.path("views").asText());
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": is not valid JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Path locate(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return path;
    }
    Path here = path.resolve(EvaluationReport.NUMBERS);
    Path below = path.resolve("evaluation").resolve(EvaluationReport.NUMBERS);
    if (!Files.exists(here) && !Files.exists(below)) {
      throw new IOException(
          "%s: holds no %s; 'tubelet evaluate' writes it"
              .formatted(path, EvaluationReport.NUMBERS));
    }
    return Files.exists(here) ? here : below;
  }
}
