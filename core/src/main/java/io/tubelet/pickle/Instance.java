package io.tubelet.pickle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An {@link Opaque} in the making: its attributes follow in later instructions. */
final class Instance {
  private final Global type;
  private final List<Object> arguments;

  /** Entries of a class that extends dict. */
  private final Map<Object, Object> entries = new LinkedHashMap<>();

  private @Nullable Object state;

  Instance(Global type, List<Object> arguments) {
    this.type = type;
    this.arguments = arguments;
  }

  Map<Object, Object> entries() {
    return entries;
  }

  void build(Object state) {
    this.state = state;
  }

  /** Entries, if any, count as a last argument. */
  Opaque finished() {
    List<Object> all = new ArrayList<>(arguments);
    if (!entries.isEmpty()) {
      all.add(entries);
    }
    return new Opaque(type.toString(), all, state);
  }
}
