package io.tubelet.cli.launch;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a launcher goes about it.
 *
 * @param layout which ranks are this machine's
 * @param rendezvous where launchers of several machines meet; may be null for one machine
 * @param timeout how long machines, and ranks, wait for each other
 * @param grace how long ranks may take to end when they are asked to, before they are killed
 * @param restarts how often all ranks are started again after a failure, at most
 * @param logs folder of what each rank says
 * @param version of this program; machines must agree
 */
public record LaunchPlan(
    Layout layout,
    @Nullable Rendezvous rendezvous,
    Duration timeout,
    Duration grace,
    int restarts,
    Path logs,
    String version) {
  public LaunchPlan {
    if (layout.nodes() > 1 && rendezvous == null) {
      throw new IllegalArgumentException(
          "--nnodes=%d needs --rendezvous HOST:PORT: the machine with --node-rank=0, and a free port on it"
              .formatted(layout.nodes()));
    }
    if (restarts < 0) {
      throw new IllegalArgumentException("--max-restarts must be at least 0, got " + restarts);
    }
    requirePositive("--timeout", timeout);
    requirePositive("--grace", grace);
  }

  private static void requirePositive(String option, Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(option + " must be more than nothing, got " + time);
    }
  }

  /** The machine where ranks meet. */
  String host() {
    return rendezvous == null ? Rendezvous.THIS_MACHINE : rendezvous.host();
  }

  Rendezvous meeting() {
    if (rendezvous == null) {
      throw new IllegalStateException("one machine meets nobody");
    }
    return rendezvous;
  }
}
