package io.tubelet.synthetic;

/** Which list a clip belongs to, by its number within its class: about 5 : 1 : 1. */
enum Split {
  TRAIN,
  VAL,
  TEST;

  private static final int CYCLE = 7;

  /** This many clips of a class reach all three lists. */
  static final int CYCLE_WITH_ALL = 3;

  static Split of(int numberInClass) {
    return switch (numberInClass % CYCLE) {
      case 1 -> VAL;
      case 2 -> TEST;
      default -> TRAIN;
    };
  }
}
