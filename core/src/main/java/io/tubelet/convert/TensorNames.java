package io.tubelet.convert;

import java.util.List;

/** Tensors asked for by name: {@code name} for one, {@code name*} for all that begin so. */
record TensorNames(List<String> patterns) {
  boolean cover(String name) {
    return patterns.stream()
        .anyMatch(
            pattern ->
                pattern.endsWith("*")
                    ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                    : name.equals(pattern));
  }
}
