package io.tubelet.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Turns Ctrl-C and SIGTERM into a word to somebody who then ends this process's work: the virtual
 * machine's shutdown waits for that, and exits with the signal's own code (130 or 143).
 */
final class StopRelay implements AutoCloseable {
  private final Runnable stop;
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stopAndWait, "tubelet-stop-relay");

  StopRelay(Runnable stop) {
    this.stop = stop;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The work is over: nothing is left to wait for. */
  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shutdownHasBegun) {
      return; // the hook runs, or will, and finds nothing to wait for
    }
  }

  private void stopAndWait() {
    stop.run();
    try {
      finished.await();
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }
}
