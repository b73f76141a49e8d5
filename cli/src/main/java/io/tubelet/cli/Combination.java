package io.tubelet.cli;

import java.util.List;

/** One choice from each of several lists at a time, until every combination has been made. */
final class Combination {
  private long number;
  private long rest;
  private long count = 1;

  /** This combination's choice from the next list; the lists must always come in one order. */
  <T> T of(List<T> choices) {
    int choice = (int) (rest % choices.size());
    rest /= choices.size();
    if (number == 0) {
      count *= choices.size();
    }
    return choices.get(choice);
  }

  /** Goes on to the next combination; false when there is none. */
  boolean advance() {
    rest = ++number;
    return number < count;
  }
}
