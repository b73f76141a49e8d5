package io.tubelet.data;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A place in the endless stream of samples; what a checkpoint keeps to go on exactly there.
 *
 * @param pass how often the data has been gone through before, from 0
 * @param position videos of this pass that lie behind
 * @param broken videos that turned out unreadable so far, with the reason; kept so that a resumed
 *     run leaves out what an uninterrupted one would
 */
public record Cursor(long pass, long position, Map<String, String> broken) {

  /** The beginning. */
  public static final Cursor START = new Cursor(0, 0, Map.of());

  public Cursor {
    if (pass < 0 || position < 0) {
      throw new IllegalArgumentException(
          "a cursor needs pass >= 0 and position >= 0, got pass=%d, position=%d"
              .formatted(pass, position));
    }
    broken = Collections.unmodifiableMap(new TreeMap<>(broken));
  }
}
