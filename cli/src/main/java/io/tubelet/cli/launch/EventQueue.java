package io.tubelet.cli.launch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What happens, in its order; many tell, one listens. */
final class EventQueue implements Consumer<Event> {
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  @Override
  public void accept(Event event) {
    events.add(event);
  }

  /**
   * The next event.
   *
   * @param patience how long to wait for it; empty for ever
   * @return empty when nothing happened in that time
   */
  Optional<Event> next(Optional<Duration> patience) throws InterruptedException {
    return patience.isEmpty()
        ? Optional.of(events.take())
        : Optional.ofNullable(events.poll(patience.get().toNanos(), TimeUnit.NANOSECONDS));
  }
}
