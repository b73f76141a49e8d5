package io.tubelet.measure;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One update as it went.
 *
 * @param from nanoseconds of {@link System#nanoTime}
 * @param to likewise
 * @param spans phases of all threads
 * @param loss that was differentiated
 */
public record StepTiming(long from, long to, List<Span> spans, double loss) {

  double seconds() {
    return (to - from) / 1e9;
  }

  /**
   * Seconds of each phase; of those that replicas go through side by side, their mean. What is
   * missing from the whole is replicas waiting for the slowest, and memory being freed.
   */
  Map<Phase, Double> phases() {
    long replicas = spans.stream().filter(span -> span.phase() == Phase.BACKWARD).count();
    Map<Phase, Double> seconds = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      double sum =
          spans.stream().filter(span -> span.phase() == phase).mapToDouble(Span::seconds).sum();
      seconds.put(phase, phase.ofReplica() ? sum / Math.max(1, replicas) : sum);
    }
    return seconds;
  }

  /** Seconds in no phase. */
  double elsewhere() {
    return seconds() - phases().values().stream().mapToDouble(s -> s).sum();
  }
}
