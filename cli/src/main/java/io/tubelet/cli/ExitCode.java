package io.tubelet.cli;

/** What the process tells its caller; listed in {@code tubelet --help}. */
final class ExitCode {
  static final int OK = 0;

  /** Something failed that is neither of the below; the message says what. */
  static final int FAILURE = 1;

  /** The command line, a recipe or a setting is wrong. */
  static final int USAGE = 2;

  /** The run ended but nothing was learnt. */
  static final int NOT_LEARNT = 3;

  /** The data cannot be used: nothing found, or too many broken files. */
  static final int DATA = 4;

  /** The loss stopped being a number; the last checkpoint is untouched. */
  static final int DIVERGED = 5;

  private ExitCode() {}
}
