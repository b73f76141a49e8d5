package io.tubelet.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Notes which phase every thread is in, from when to when. */
final class Timeline {
  private final List<Span> spans = new ArrayList<>();

  /** Does some work and notes when. */
  <T> T time(Phase phase, Supplier<T> work) {
    long from = System.nanoTime();
    T result = work.get();
    note(new Span(phase, Thread.currentThread().getName(), from, System.nanoTime()));
    return result;
  }

  /** As {@link #time}, for work without a result. */
  void run(Phase phase, Runnable work) {
    long from = System.nanoTime();
    work.run();
    note(new Span(phase, Thread.currentThread().getName(), from, System.nanoTime()));
  }

  private synchronized void note(Span span) {
    spans.add(span);
  }

  /** What has been noted since the last call. */
  synchronized List<Span> take() {
    List<Span> taken = List.copyOf(spans);
    spans.clear();
    return taken;
  }
}
