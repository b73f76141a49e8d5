package io.tubelet.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One update of each case as a trace for chrome://tracing or ui.perfetto.dev: the Trace Event
 * Format, complete events in microseconds. A case is a process; its threads are tracks.
 *
 * <p>Spans are phases, not operators: libtorch's profiler has no Java binding that starts and reads
 * it.
 */
public record ChromeTrace(StepResults results) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The file's text. */
  public String text() {
    ObjectNode json = JSON.createObjectNode();
    json.put("displayTimeUnit", "ms");
    ArrayNode events = json.putArray("traceEvents");
    for (int i = 0; i < results.all().size(); i++) {
      StepResult result = results.all().get(i);
      name(events, "process_name", i, 0, results.name(result));
      update(events, i, result.typical());
    }
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree of JSON nodes is always writable", e);
    }
  }

  private static void update(ArrayNode events, int process, StepTiming update) {
    List<String> tracks = tracks(update);
    for (int track = 0; track < tracks.size(); track++) {
      String name = track == 0 ? "update" : "replicas, " + tracks.get(track);
      name(events, "thread_name", process, track, name);
    }
    complete(events, process, 0, "update", update.from(), update.to(), update);
    for (Span span : update.spans()) {
      int track = tracks.indexOf(span.track());
      complete(events, process, track, span.phase().label(), span.from(), span.to(), update);
    }
  }

  /** The thread that updates first, then those of the replicas. */
  private static List<String> tracks(StepTiming update) {
    List<String> tracks = new ArrayList<>();
    update.spans().stream()
        .filter(span -> !span.phase().ofReplica())
        .map(Span::track)
        .distinct()
        .forEach(tracks::add);
    update.spans().stream()
        .map(Span::track)
        .distinct()
        .filter(track -> !tracks.contains(track))
        .sorted()
        .forEach(tracks::add);
    return tracks;
  }

  private static void name(ArrayNode events, String what, int process, int track, String name) {
    events
        .addObject()
        .put("ph", "M")
        .put("name", what)
        .put("pid", process)
        .put("tid", track)
        .putObject("args")
        .put("name", name);
  }

  private static void complete(
      ArrayNode events,
      int process,
      int track,
      String name,
      long from,
      long to,
      StepTiming update) {
    events
        .addObject()
        .put("ph", "X")
        .put("cat", "phase")
        .put("name", name)
        .put("pid", process)
        .put("tid", track)
        .put("ts", (from - update.from()) / 1e3)
        .put("dur", (to - from) / 1e3);
  }
}
