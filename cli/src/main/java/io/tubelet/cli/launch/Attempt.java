package io.tubelet.cli.launch;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** One start of this machine's ranks, until the last of them has ended. */
final class Attempt {
  private final LaunchPlan plan;
  private final LocalRanks ranks;
  private final Screen screen;

  /**
   * Starts them.
   *
   * @param port where ranks meet, on the first machine
   * @throws IOException when a rank cannot be started
   */
  Attempt(
      LaunchPlan plan,
      RankProgram program,
      int port,
      boolean resume,
      Screen screen,
      Consumer<Event> events)
      throws IOException {
    this.plan = plan;
    this.screen = screen;
    ranks =
        new LocalRanks(
            plan.layout().worlds(plan.host(), port, plan.timeout()),
            program,
            resume,
            plan.logs(),
            screen,
            events);
  }

  boolean isRunning() {
    return ranks.areRunning();
  }

  /**
   * One of them has ended.
   *
   * @return whether all others must end too
   */
  boolean ended(RankEnd end) {
    ranks.ended(end);
    return end.failed() || end.stopped();
  }

  /** Asks all that still run to end, once. */
  void end() {
    ranks.end(plan.grace());
  }

  /** How long this can wait for events; empty for ever. */
  Optional<Duration> patience() {
    return ranks.untilKilling();
  }

  /** Nothing has happened for as long as {@link #patience} said. */
  void timePassed() {
    if (ranks.untilKilling().filter(Duration::isNegative).isPresent()) {
      ranks.kill();
    }
  }

  /** Of the ranks that have ended, what was not as it should be; told in detail on the screen. */
  Optional<Trouble> trouble() {
    ranks.killed().forEach(end -> screen.say(end.sentence()));
    Optional<RankEnd> worst = ranks.worst();
    if (worst.isPresent()) {
      explain(worst.get());
      return worst.map(end -> Trouble.of(end, plan.layout()));
    }
    if (ranks.stoppedByOthers()) {
      return Optional.of(Trouble.stopped());
    }
    return ranks.killed().stream().findFirst().map(end -> Trouble.passing(end.sentence()));
  }

  private void explain(RankEnd end) {
    screen.say("%s; what it said is in %s".formatted(end.sentence(), end.log()));
    if (end.rank() != 0) { // whose words were shown
      end.lastLines().forEach(line -> screen.quote(end.rank(), line));
    }
  }
}
