package io.tubelet.cli;

import io.tubelet.train.StopSignal;
import java.util.concurrent.CountDownLatch;

/**
 * Turns Ctrl-C and SIGTERM into "finish this batch and leave": the virtual machine's shutdown waits
 * until the command has saved what it saves, then exits with the signal's own code (130 or 143).
 */
final class Interruption implements AutoCloseable {
  private final String consequence;
  private final StopSignal stop = new StopSignal();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stopAndWait, "tubelet-interruption");

  /**
   * @param consequence what becomes of the work, as the end of a sentence that tells of the stop
   */
  Interruption(String consequence) {
    this.consequence = consequence;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  StopSignal signal() {
    return stop;
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
    if (finished.getCount() == 0) {
      return;
    }
    stop.request();
    System.err.println("tubelet: stopping after this batch; " + consequence + " ...");
    try {
      finished.await();
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }
}
