package io.tubelet.measure;

/**
 * A phase on one thread.
 *
 * @param track name of the thread
 * @param from nanoseconds of {@link System#nanoTime}
 * @param to likewise
 */
public record Span(Phase phase, String track, long from, long to) {
  double seconds() {
    return (to - from) / 1e9;
  }
}
