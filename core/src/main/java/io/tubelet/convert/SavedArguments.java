package io.tubelet.convert;

import io.tubelet.pickle.Opaque;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The command line of the program that trained, as the official programs save it. */
record SavedArguments(Map<?, ?> values) {
  static final SavedArguments NONE = new SavedArguments(Map.of());

  /** From an {@code argparse.Namespace}, or a plain map; anything else says nothing. */
  static SavedArguments of(@Nullable Object args) {
    if (args instanceof Opaque namespace && namespace.state() instanceof Map<?, ?> values) {
      return new SavedArguments(values);
    }
    return args instanceof Map<?, ?> values ? new SavedArguments(values) : NONE;
  }

  OptionalInt integer(String name) {
    return values.get(name) instanceof Long value && value > 0 && value <= Integer.MAX_VALUE
        ? OptionalInt.of(value.intValue())
        : OptionalInt.empty();
  }

  /** A number strictly between 0 and 1. */
  Optional<Double> share(String name) {
    return values.get(name) instanceof Double value && value > 0 && value < 1
        ? Optional.of(value)
        : Optional.empty();
  }

  Optional<Boolean> flag(String name) {
    return values.get(name) instanceof Boolean value ? Optional.of(value) : Optional.empty();
  }
}
