package io.tubelet.cli.launch;

import java.util.Comparator;
import java.util.Set;

/**
 * Why the ranks of all machines must end.
 *
 * @param code of the launcher, should this be the end: 1 to 5 as {@code tubelet --help} lists them,
 *     or 130 and 143 where somebody asked to stop
 * @param curable whether starting again may help
 * @param echo how likely it only follows from another: 0 for a rank that was killed, the most for
 *     one that may have failed because it lost another
 * @param sentence what happened, for a person
 */
record Trouble(int code, boolean curable, int echo, String sentence) {
  /** What explains the others comes first. */
  static final Comparator<Trouble> BY_CAUSE = Comparator.comparingInt(Trouble::echo);

  private static final int FAILURE = 1;
  private static final int LAST_OF_OURS = 5;
  private static final int INTERRUPTED = 130;
  private static final int TERMINATED = 143;
  private static final Set<Integer> STOPS = Set.of(INTERRUPTED, TERMINATED);

  static boolean isStop(int code) {
    return STOPS.contains(code);
  }

  /** A rank failed; a wrong setting, unusable data or a loss that diverged fail again. */
  static Trouble of(RankEnd end, Layout layout) {
    String where = layout.nodes() == 1 ? "" : " on node " + layout.node();
    boolean ours = end.code() >= FAILURE && end.code() <= LAST_OF_OURS;
    return new Trouble(
        ours ? end.code() : FAILURE,
        !ours || end.code() == FAILURE,
        end.echo(),
        end.sentence() + where);
  }

  /** Something failed that may go better the next time. */
  static Trouble passing(String sentence) {
    return new Trouble(FAILURE, true, 0, sentence);
  }

  /** Something failed that fails again. */
  static Trouble lasting(String sentence) {
    return new Trouble(FAILURE, false, 0, sentence);
  }

  /** Somebody asked to stop. */
  static Trouble stopped() {
    return new Trouble(TERMINATED, false, 0, "stopped");
  }

  boolean stop() {
    return isStop(code);
  }
}
