package io.tubelet.pickle;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a pickle passes to a callable, taken out by number and type. */
record Arguments(String callable, List<Object> values) {
  private static final int MAX_NUMBERS = 4096;

  int count() {
    return values.size();
  }

  void requireCount(int atLeast, int atMost) throws PickleException {
    if (count() < atLeast || count() > atMost) {
      throw new PickleException(
          "%s is given %d arguments, takes %d to %d".formatted(callable, count(), atLeast, atMost));
    }
  }

  /** Argument {@code i}, counted from zero, of this Java type. */
  <T> T get(int i, Class<T> type) throws PickleException {
    Object value = i < count() ? values.get(i) : null;
    if (!type.isInstance(value)) {
      throw new PickleException(
          "argument %d of %s is %s, should be %s"
              .formatted(i + 1, callable, kind(value), kind(type)));
    }
    return type.cast(value);
  }

  /** A tuple of integers. */
  long[] longs(int i) throws PickleException {
    List<Object> items = get(i, Tuple.class).items();
    if (items.size() > MAX_NUMBERS) {
      throw new PickleException(
          "argument %d of %s has %d numbers".formatted(i + 1, callable, items.size()));
    }
    long[] longs = new long[items.size()];
    for (int k = 0; k < longs.length; k++) {
      if (!(items.get(k) instanceof Long number)) {
        throw new PickleException(
            "argument %d of %s holds %s, should hold 64-bit integers"
                .formatted(i + 1, callable, kind(items.get(k))));
      }
      longs[k] = number;
    }
    return longs;
  }

  /** What a value is, for a message; never its content, which may be endless. */
  static String kind(@Nullable Object value) {
    return value == null ? "nothing" : kind(value.getClass());
  }

  private static String kind(Class<?> type) {
    if (Map.class.isAssignableFrom(type)) {
      return "a dict";
    } else if (type == Tuple.class) {
      return "a tuple";
    } else if (List.class.isAssignableFrom(type)) {
      return "a list";
    } else if (Set.class.isAssignableFrom(type)) {
      return "a set";
    } else if (type == Long.class) {
      return "an integer";
    } else if (type == BigInteger.class) {
      return "an integer beyond 64 bits";
    } else if (type == byte[].class) {
      return "bytes";
    }
    return "a " + type.getSimpleName();
  }
}
