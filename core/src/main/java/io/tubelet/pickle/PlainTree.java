package io.tubelet.pickle;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a pickle left into maps, lists and leaves that can be walked without care: no loops,
 * bounded depth, and a bounded size even when every shared part is counted each time it appears.
 */
final class PlainTree {

  /** Makes what the caller wants of a tensor. */
  interface Tensors<T> {
    T of(TensorLayout layout) throws PickleException;

    T of(InlineTensor tensor) throws PickleException;
  }

  /** A finished part and the number of values in it. */
  private record Part(@Nullable Object value, long size) {}

  /** Stands for a part that is still being turned: meeting it again is a loop. */
  private static final Part UNFINISHED = new Part(null, -1);

  private final PickleLimits limits;
  private final Tensors<?> tensors;
  private final IdentityHashMap<Object, Part> parts = new IdentityHashMap<>();

  private PlainTree(PickleLimits limits, Tensors<?> tensors) {
    this.limits = limits;
    this.tensors = tensors;
  }

  /** The plain form of {@code raw}; shared parts stay shared. */
  static @Nullable Object of(Object raw, PickleLimits limits, Tensors<?> tensors)
      throws PickleException {
    return new PlainTree(limits, tensors).part(raw, 0).value();
  }

  private Part part(@Nullable Object raw, int depth) throws PickleException {
    if (raw == null || raw instanceof String || raw instanceof Number || raw instanceof Boolean) {
      return new Part(raw, 1);
    }
    if (depth > limits.depth()) {
      throw new PickleException("containers are nested deeper than %d".formatted(limits.depth()));
    }
    Part known = parts.get(raw);
    if (known != null && known.size() < 0) {
      throw new PickleException(Arguments.kind(raw) + " contains itself");
    }
    if (known == null) {
      parts.put(raw, UNFINISHED);
      known = made(raw, depth);
      parts.put(raw, known);
    }
    if (known.size() > limits.items()) {
      throw new PickleException(
          "unfolds to more than %d values; no checkpoint does".formatted(limits.items()));
    }
    return known;
  }

  private Part made(Object raw, int depth) throws PickleException {
    if (raw instanceof Map<?, ?> dict) {
      return dict(dict, depth);
    } else if (raw instanceof Tuple tuple) {
      return list(tuple.items(), depth);
    } else if (raw instanceof List<?> list) {
      return list(list, depth);
    } else if (raw instanceof Set<?> set) {
      return new Part(new LinkedHashSet<>(set), 1 + set.size());
    } else if (raw instanceof Instance object) {
      return object(object.finished(), depth);
    } else if (raw instanceof Global type) {
      return new Part(new Opaque(type.toString(), List.of(), null), 1);
    } else if (raw instanceof TensorLayout layout) {
      return new Part(tensors.of(layout), 1);
    } else if (raw instanceof Numpy.Array array) {
      return new Part(tensors.of(array.finished()), 1);
    } else if (raw instanceof byte[] bytes) {
      return new Part(bytes, 1);
    }
    throw new PickleException(
        Arguments.kind(raw) + " stands where a number, text, tensor or container should");
  }

  private Part dict(Map<?, ?> dict, int depth) throws PickleException {
    Map<Object, Object> plain = new LinkedHashMap<>();
    long size = 1;
    for (Map.Entry<?, ?> entry : dict.entrySet()) {
      Part value = part(entry.getValue(), depth + 1);
      plain.put(entry.getKey(), value.value());
      size += 1 + value.size();
    }
    return new Part(plain, size);
  }

  private Part list(List<?> list, int depth) throws PickleException {
    List<Object> plain = new ArrayList<>(list.size());
    long size = 1;
    for (Object item : list) {
      Part value = part(item, depth + 1);
      plain.add(value.value());
      size += value.size();
    }
    return new Part(plain, size);
  }

  private Part object(Opaque object, int depth) throws PickleException {
    List<Object> arguments = new ArrayList<>();
    Part state = part(object.state(), depth + 1);
    long size = 1 + state.size();
    for (Object argument : object.arguments()) {
      Part value = part(argument, depth + 1);
      arguments.add(value.value());
      size += value.size();
    }
    return new Part(new Opaque(object.type(), arguments, state.value()), size);
  }
}
