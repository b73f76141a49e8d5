package io.tubelet.distributed;

import java.util.Map;
import java.util.Optional;

/** Environment variables that are read strictly: complaints name the variable and what it holds. */
record Variables(Map<String, String> all) {
  private static final int MAX_PORT = 65_535;

  /** Set, and not to nothing. */
  boolean has(String name) {
    return !all.getOrDefault(name, "").isBlank();
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(all.get(name)).map(String::trim).filter(text -> !text.isEmpty());
  }

  /**
   * The variable's text.
   *
   * @param remedy what is to be done where it is missing, as a sentence's end
   */
  String required(String name, String remedy) {
    return text(name)
        .orElseThrow(
            () -> new IllegalArgumentException("%s is not set: %s".formatted(name, remedy)));
  }

  /** A whole number that is there, and no less than {@code least}. */
  int number(String name, int least) {
    String text = required(name, "give a whole number of at least " + least);
    try {
      int number = Integer.parseInt(text);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // complained of below
    }
    throw new IllegalArgumentException(
        "%s=%s: a whole number of at least %d is needed".formatted(name, text, least));
  }

  /** A rank: a whole number below the size that another variable tells. */
  int rank(String name, String sizeName, int size) {
    int rank = number(name, 0);
    if (rank >= size) {
      throw new IllegalArgumentException(
          "%s=%d, but %s=%d: ranks are from 0 to %d"
              .formatted(name, rank, sizeName, size, size - 1));
    }
    return rank;
  }

  /** A part of a whole that another variable tells. */
  int part(String name, String wholeName, int whole) {
    int part = number(name, 1);
    if (part > whole) {
      throw new IllegalArgumentException(
          "%s=%d, but %s=%d: one machine cannot have more processes than there are"
              .formatted(name, part, wholeName, whole));
    }
    return part;
  }

  int port(String name) {
    int port = number(name, 1);
    if (port > MAX_PORT) {
      throw new IllegalArgumentException(
          "%s=%d: a port is from 1 to %d".formatted(name, port, MAX_PORT));
    }
    return port;
  }
}
