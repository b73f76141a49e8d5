package io.tubelet.cli.launch;

import io.tubelet.distributed.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** A rank that has been started. */
final class RankProcess {
  private static final long READING_MILLIS = 5_000;

  private final World world;
  private final Process process;
  private final RankLog log;
  private volatile boolean killed;

  /**
   * Starts it.
   *
   * @param logs the folder of its log, {@code rank-3.log}
   * @param whenEnded is told once, from another thread, after the last of its words was read
   */
  RankProcess(
      World world, ProcessBuilder builder, Path logs, Screen screen, Consumer<RankEnd> whenEnded)
      throws IOException {
    this.world = world;
    log = new RankLog(logs.resolve("rank-%d.log".formatted(world.rank())));
    log.head("--- rank %d of %d, %s".formatted(world.rank(), world.size(), Instant.now()));
    try {
      process = builder.start();
    } catch (IOException notStarted) {
      log.close();
      throw notStarted;
    }
    boolean first = world.rank() == 0;
    RankOutput.Shown nothing = new RankOutput.Shown() {};
    Thread out =
        thread(
            "out",
            new RankOutput(
                process.getInputStream(), log, first ? new AsItIs(screen.out()) : nothing));
    Thread err =
        thread(
            "err",
            new RankOutput(
                process.getErrorStream(),
                log,
                first ? new AsItIs(screen.err()) : new Complaints(world.rank(), screen)));
    thread("end", () -> await(List.of(out, err), whenEnded));
  }

  private Thread thread(String task, Runnable work) {
    Thread thread = new Thread(work, "tubelet-rank-%d-%s".formatted(world.rank(), task));
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void await(List<Thread> readers, Consumer<RankEnd> whenEnded) {
    try {
      int code = process.waitFor();
      for (Thread reader : readers) {
        // A process that the rank has started may hold the streams open for as long as it likes.
        reader.join(READING_MILLIS);
      }
      log.close();
      whenEnded.accept(
          new RankEnd(world.rank(), process.pid(), code, killed, log.file(), log.lastLines()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new IllegalStateException(log.file() + " cannot be closed", e);
    }
  }

  /** SIGTERM; its output stays readable, unlike after {@link Process#destroy}. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** SIGKILL. */
  void kill() {
    if (process.isAlive()) {
      killed = true;
      process.toHandle().destroyForcibly();
    }
  }
}
