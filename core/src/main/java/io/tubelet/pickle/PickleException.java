package io.tubelet.pickle;

import java.io.IOException;

/** A file that is damaged, hostile or not understood; the message names the file and the reason. */
public final class PickleException extends IOException {
  private static final long serialVersionUID = 1L;

  /** A reason whose place is not known here; whoever knows it adds it with {@link #in}. */
  PickleException(String reason) {
    super(reason);
  }

  PickleException(String place, String reason) {
    super(place + ": " + reason);
  }

  /** The same reason with its place in front. */
  PickleException in(String place) {
    PickleException placed = new PickleException(place, String.valueOf(getMessage()));
    placed.initCause(this);
    return placed;
  }
}
