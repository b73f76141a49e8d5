package io.tubelet.data;

import io.tubelet.data.Manifest.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A share of videos, class by class: each class is permuted once for a seed, and a share of it is
 * the beginning of that, so that smaller shares lie within larger ones.
 */
final class ChosenPart {
  private ChosenPart() {}

  /** In the order of the list. */
  static List<Entry> of(List<Entry> entries, double share, long seed) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "a share of the videos lies above 0 and at most at 1, got " + share);
    }
    Map<@Nullable Integer, List<Integer>> classes = new LinkedHashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      classes.computeIfAbsent(entries.get(i).label(), label -> new ArrayList<>()).add(i);
    }
    Set<Integer> chosen = new TreeSet<>();
    classes.forEach(
        (label, places) -> {
          long stream = label == null ? 0 : label + 1L;
          shuffle(places, new Seeds(seed).stream(Seeds.Purpose.PART, 0, stream));
          chosen.addAll(places.subList(0, (int) Math.ceil(share * places.size() - 1e-9)));
        });
    return chosen.stream().map(entries::get).toList();
  }

  private static void shuffle(List<Integer> places, RandomGenerator rng) {
    for (int i = places.size() - 1; i > 0; i--) {
      Collections.swap(places, i, rng.nextInt(i + 1));
    }
  }
}
