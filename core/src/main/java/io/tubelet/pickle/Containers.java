package io.tubelet.pickle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Python's list, set and dict while a pickle fills them.
 *
 * <p>A key is a string, number or boolean: these hash and compare in a time no file can stretch.
 */
final class Containers {
  private static final int MAX_KEY = 1024;

  private Containers() {}

  /** A new dict from key, value, key, value, .... */
  static Map<Object, Object> dict(List<Object> flat) throws PickleException {
    return putAll(new LinkedHashMap<>(), flat);
  }

  static Set<Object> set(List<Object> items) throws PickleException {
    return addAll(new LinkedHashSet<>(), items);
  }

  @SuppressWarnings("unchecked") // every ArrayList on the stack was made to hold objects
  static void append(@Nullable Object target, List<Object> items) throws PickleException {
    if (!(target instanceof ArrayList<?> list)) {
      throw new PickleException("appends to " + Arguments.kind(target));
    }
    ((List<Object>) list).addAll(items);
  }

  @SuppressWarnings("unchecked") // as above
  static void add(@Nullable Object target, List<Object> items) throws PickleException {
    if (!(target instanceof LinkedHashSet<?> set)) {
      throw new PickleException("adds set members to " + Arguments.kind(target));
    }
    addAll((Set<Object>) set, items);
  }

  @SuppressWarnings("unchecked") // as above
  static void put(@Nullable Object target, List<Object> flat) throws PickleException {
    if (target instanceof Instance object) {
      putAll(object.entries(), flat);
    } else if (target instanceof LinkedHashMap<?, ?> dict) {
      putAll((Map<Object, Object>) dict, flat);
    } else {
      throw new PickleException("puts dict entries into " + Arguments.kind(target));
    }
  }

  private static Set<Object> addAll(Set<Object> set, List<Object> items) throws PickleException {
    for (Object item : items) {
      set.add(requireKey(item));
    }
    return set;
  }

  private static Map<Object, Object> putAll(Map<Object, Object> dict, List<Object> flat)
      throws PickleException {
    if (flat.size() % 2 != 0) {
      throw new PickleException("a dict of %d keys and values together".formatted(flat.size()));
    }
    for (int i = 0; i < flat.size(); i += 2) {
      if (dict.containsKey(requireKey(flat.get(i)))) {
        throw new PickleException("the key '%s' comes twice in one dict".formatted(flat.get(i)));
      }
      dict.put(flat.get(i), flat.get(i + 1));
    }
    return dict;
  }

  private static Object requireKey(@Nullable Object key) throws PickleException {
    if (key instanceof String text && text.length() > MAX_KEY) {
      throw new PickleException(
          "a key of %d letters; at most %d are read".formatted(text.length(), MAX_KEY));
    }
    if (key instanceof String || key instanceof Number || key instanceof Boolean) {
      return key;
    }
    throw new PickleException(
        "%s as a key; strings, numbers and booleans are read".formatted(Arguments.kind(key)));
  }
}
