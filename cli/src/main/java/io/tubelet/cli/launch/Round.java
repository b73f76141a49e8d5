package io.tubelet.cli.launch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One start of the ranks of all machines, as the first machine's launcher follows it. */
final class Round {
  /** What a machine may need beyond the grace of its ranks to say that they are gone. */
  private static final Duration TELLING = Duration.ofSeconds(15);

  private final LaunchPlan plan;
  private final Attempt here;
  private final Guests guests;
  private final Set<Integer> busy;
  private final List<Trouble> troubles = new ArrayList<>();
  private @Nullable Instant givingUp;

  /**
   * Follows ranks that have been started.
   *
   * @param here those of this machine
   * @param guests launchers of the others, all of which were told to start theirs
   */
  Round(LaunchPlan plan, Attempt here, Guests guests) {
    this.plan = plan;
    this.here = here;
    this.guests = guests;
    busy = new TreeSet<>(guests.nodes());
  }

  boolean isOver() {
    return !here.isRunning() && busy.isEmpty();
  }

  /** Asks all ranks to end, once. */
  void end() {
    here.end();
    if (givingUp == null) {
      givingUp = Instant.now().plus(plan.grace()).plus(TELLING);
      guests.say(new Message.Stop());
    }
  }

  /** How long to wait for what happens; empty for ever. */
  Optional<Duration> patience() {
    Optional<Duration> ofGuests =
        Optional.ofNullable(givingUp)
            .filter(when -> !busy.isEmpty())
            .map(when -> Duration.between(Instant.now(), when));
    return Stream.of(here.patience(), ofGuests).flatMap(Optional::stream).min(Duration::compareTo);
  }

  /** Nothing has happened for as long as {@link #patience} said. */
  void timePassed() {
    here.timePassed();
    if (givingUp != null && Instant.now().isAfter(givingUp)) {
      List.copyOf(busy).forEach(this::lost);
    }
  }

  void ended(RankEnd end) {
    if (here.ended(end)) {
      end();
    }
  }

  void done(int node, @Nullable Trouble trouble) {
    busy.remove(node);
    if (trouble != null) {
      troubles.add(trouble);
      end();
    }
  }

  /** The launcher of another machine is gone, or treated as if it were. */
  void lost(int node) {
    guests.giveUp(node);
    if (busy.remove(node)) {
      troubles.add(Trouble.passing("the launcher of node %d is gone".formatted(node)));
      end();
    }
  }

  /** When all is over: what explains the rest. */
  Optional<Trouble> trouble() {
    here.trouble().ifPresent(troubles::add);
    return troubles.stream().min(Trouble.BY_CAUSE);
  }
}
