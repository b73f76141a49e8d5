package io.tubelet.report;

import static io.tubelet.report.JsonLines.number;
import static io.tubelet.report.JsonLines.putFinite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code metrics.jsonl}: one JSON object a line, one line a report, flushed as it is written. A
 * resumed run goes on with the file as if it had never been stopped.
 */
public final class MetricsLog implements StepSink {

  private static final JsonLines<StepReport> LINES =
      new JsonLines<>("step report", MetricsLog::toJson, MetricsLog::fromJson, StepReport::step);

  private final BufferedWriter out;

  private MetricsLog(BufferedWriter out) {
    this.out = out;
  }

  /**
   * Continues the log of a run whose last checkpoint was written after {@code step}; later lines,
   * and a last line cut short by a crash, are dropped first. A missing file is an empty one.
   */
  public static MetricsLog resume(Path file, long step) throws IOException {
    return new MetricsLog(LINES.resume(file, step));
  }

  /**
   * The reports of a log, in order. An incomplete last line, as a killed process leaves it, is
   * passed over.
   *
   * @throws IOException when another line is not a report; the message names file and line
   */
  public static List<StepReport> read(Path file) throws IOException {
    return LINES.read(file);
  }

  @Override
  public void accept(StepReport report) throws IOException {
    LINES.append(out, report);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static ObjectNode toJson(StepReport r) {
    ObjectNode json = JsonLines.JSON.createObjectNode();
    json.put("step", r.step());
    putFinite(json, "epoch", r.epoch());
    putFinite(json, "loss", r.loss());
    putFinite(json, "lr", r.learningRate());
    putFinite(json, "grad_norm", r.gradNorm());
    putFinite(json, "clips_per_second", r.clipsPerSecond());
    putFinite(json, "loader_wait_share", r.loaderWaitShare());
    json.put("loader_workers", r.loaderWorkers());
    json.put("skipped_steps", r.skippedSteps());
    putFinite(json, "elapsed_seconds", r.elapsedSeconds());
    json.put("rss_bytes", r.rssBytes());
    if (!r.ranks().isEmpty()) {
      ArrayNode ranks = json.putArray("ranks");
      r.ranks().forEach(rank -> ranks.add(toJson(rank)));
    }
    return json;
  }

  private static ObjectNode toJson(RankPace rank) {
    ObjectNode json = JsonLines.JSON.createObjectNode();
    putFinite(json, "step_seconds", rank.stepSeconds());
    putFinite(json, "communication_share", rank.communicationShare());
    putFinite(json, "hidden_share", rank.hiddenShare());
    putFinite(json, "loader_wait_share", rank.loaderWaitShare());
    return json;
  }

  private static StepReport fromJson(JsonNode json) {
    return new StepReport(
        json.get("step").longValue(),
        number(json, "epoch"),
        number(json, "loss"),
        number(json, "lr"),
        number(json, "grad_norm"),
        number(json, "clips_per_second"),
        number(json, "loader_wait_share"),
        json.path("loader_workers").asInt(0),
        json.path("skipped_steps").asLong(0),
        number(json, "elapsed_seconds"),
        json.path("rss_bytes").asLong(0),
        ranks(json.path("ranks")));
  }

  private static List<RankPace> ranks(JsonNode array) {
    List<RankPace> ranks = new ArrayList<>();
    for (JsonNode rank : array) {
      ranks.add(
          new RankPace(
              number(rank, "step_seconds"),
              number(rank, "communication_share"),
              number(rank, "hidden_share"),
              number(rank, "loader_wait_share")));
    }
    return ranks;
  }
}
