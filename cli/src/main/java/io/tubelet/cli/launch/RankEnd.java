package io.tubelet.cli.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a rank ended.
 *
 * @param rank which
 * @param process its number in the system
 * @param code what it left; 128 and a signal's number where one ended it
 * @param killed whether the launcher had to kill it, because it would not end
 * @param log everything that it said
 * @param lastLines of it
 */
record RankEnd(int rank, long process, int code, boolean killed, Path log, List<String> lastLines) {
  private static final int SIGNALLED = 128;

  private static final Map<Integer, String> SIGNALS =
      Map.of(
          1, "SIGHUP", 4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11,
          "SIGSEGV");

  /** Whether somebody asked it to end, by Ctrl-C or SIGTERM. */
  boolean stopped() {
    return Trouble.isStop(code);
  }

  /** Whether it did not do its work, and not because it was asked to stop. */
  boolean failed() {
    return code != 0 && !stopped() && !killed;
  }

  /** Whether something outside of it, or a fault in native code, ended it. */
  boolean signalled() {
    return code > SIGNALLED;
  }

  /**
   * How likely its failure only follows from another's. When a rank is killed those that talk to it
   * fail as well, with code 1, and may be the first to be heard of.
   */
  int echo() {
    if (signalled()) {
      return 0;
    }
    return code == 1 ? 2 : 1;
  }

  String sentence() {
    String who = "rank %d (process %d)".formatted(rank, process);
    if (killed) {
      return who + " did not end when it was asked to, and was killed";
    }
    if (!signalled()) {
      return "%s ended with exit code %d".formatted(who, code);
    }
    int signal = code - SIGNALLED;
    String name = SIGNALS.getOrDefault(signal, "signal " + signal);
    String reason =
        signal == 9 ? "; the system does that when memory is full, see its log (dmesg)" : "";
    return "%s was ended by %s (exit code %d)%s".formatted(who, name, code, reason);
  }
}
