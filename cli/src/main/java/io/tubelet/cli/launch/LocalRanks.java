package io.tubelet.cli.launch;

import io.tubelet.distributed.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The ranks of this machine, from their start until the last has ended. One thread's own. */
final class LocalRanks {
  private final Map<Integer, RankProcess> running = new LinkedHashMap<>();
  private final List<RankEnd> ends = new ArrayList<>();
  private @Nullable Instant killing;
  private boolean killed;
  private boolean stopped;

  /**
   * Starts them all.
   *
   * @throws IOException when one cannot be started; then none is left
   */
  LocalRanks(
      List<World> worlds,
      RankProgram program,
      boolean resume,
      Path logs,
      Screen screen,
      Consumer<Event> events)
      throws IOException {
    Files.createDirectories(logs);
    try {
      for (World world : worlds) {
        running.put(
            world.rank(),
            new RankProcess(
                world,
                program.process(world, resume),
                logs,
                screen,
                end -> events.accept(new Event.Ended(end))));
      }
    } catch (IOException notStarted) {
      kill();
      throw notStarted;
    }
  }

  boolean areRunning() {
    return !running.isEmpty();
  }

  /** One of them has ended. */
  void ended(RankEnd end) {
    running.remove(end.rank());
    ends.add(end);
    stopped |= end.stopped() && killing == null;
  }

  /** Asks all that still run to end, once; those that do not within {@code grace} are killed. */
  void end(Duration grace) {
    if (killing == null) {
      killing = Instant.now().plus(grace);
      running.values().forEach(RankProcess::terminate);
    }
  }

  /** How long nothing need be done; empty for ever. */
  Optional<Duration> untilKilling() {
    return Optional.ofNullable(killing)
        .filter(when -> !killed && areRunning())
        .map(when -> Duration.between(Instant.now(), when));
  }

  void kill() {
    killed = true;
    running.values().forEach(RankProcess::kill);
  }

  /** The end that best explains a failure. */
  Optional<RankEnd> worst() {
    return ends.stream().filter(RankEnd::failed).min(Comparator.comparingInt(RankEnd::echo));
  }

  /** Ranks that would not end. */
  List<RankEnd> killed() {
    return ends.stream().filter(RankEnd::killed).toList();
  }

  /** Whether somebody other than this launcher asked one to end. */
  boolean stoppedByOthers() {
    return stopped;
  }
}
