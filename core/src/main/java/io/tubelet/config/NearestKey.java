package io.tubelet.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known key that a misspelt one most likely meant, where one is near enough to be meant. */
final class NearestKey {
  private NearestKey() {}

  static Optional<String> of(String key, Collection<String> known) {
    int farthest = Math.max(2, key.length() / 3);
    return known.stream()
        .min(Comparator.comparingInt((String k) -> distance(key, k)).thenComparing(k -> k))
        .filter(nearest -> distance(key, nearest) <= farthest);
  }

  /** Levenshtein distance: insertions, deletions and substitutions. */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
