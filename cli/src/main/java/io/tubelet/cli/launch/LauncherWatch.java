package io.tubelet.cli.launch;

import java.io.IOException;
import java.io.InputStream;

/**
 * In a rank: ends it when its launcher is gone, however that ended. The launcher holds the other
 * end of the rank's standard input and never writes; the system closes it with the launcher.
 */
public final class LauncherWatch {
  /** Set for a rank that a launcher holds by its standard input. */
  static final String VARIABLE = "TUBELET_LAUNCHER";

  /** As a process that SIGTERM ended. */
  private static final int TERMINATED = 143;

  private static final long SAVING_MILLIS = 60_000;

  private LauncherWatch() {}

  /** Begins to watch where a launcher asks for it; does nothing in other processes. */
  public static void begin() {
    if (System.getenv(VARIABLE) != null) {
      daemon("tubelet-launcher-watch", () -> await(System.in)).start();
    }
  }

  private static void await(InputStream launcher) {
    try {
      while (launcher.read() >= 0) {
        // nothing is ever said
      }
    } catch (IOException broken) {
      // gone as well
    }
    System.err.println("tubelet: the launcher is gone; ending");
    // The run is saved as after SIGTERM; but other ranks may be gone, and saving then never ends.
    daemon("tubelet-last-resort", LauncherWatch::haltAfterAWhile).start();
    System.exit(TERMINATED);
  }

  private static void haltAfterAWhile() {
    try {
      Thread.sleep(SAVING_MILLIS);
    } catch (InterruptedException now) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(TERMINATED);
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
