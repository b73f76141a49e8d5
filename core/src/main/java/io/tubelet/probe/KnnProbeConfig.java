package io.tubelet.probe;

import java.util.List;
import java.util.Map;

/**
 * A vote of the nearest training clips.
 *
 * @param neighbours how many vote; several numbers are tried at once
 * @param temperature a neighbour at cosine s votes with weight {@code exp(s / temperature)}
 * @param standardise whether features are brought to zero mean and unit deviation first, by the
 *     statistics of the clips that vote
 * @param refit whether validation clips vote too when the test clips are judged
 */
public record KnnProbeConfig(
    List<Integer> neighbours, double temperature, boolean standardise, boolean refit)
    implements ProbeConfig {
  /** The numbers of our measurements on JHMDB. */
  public static final KnnProbeConfig DEFAULT =
      new KnnProbeConfig(List.of(5, 10, 20), 0.1, true, true);

  public KnnProbeConfig {
    neighbours = List.copyOf(neighbours);
    if (neighbours.isEmpty()) {
      throw new IllegalArgumentException("neighbours need at least one number, got none");
    }
    for (int k : neighbours) {
      if (k < 1) {
        throw new IllegalArgumentException("neighbours must be at least 1, got " + k);
      }
    }
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException("temperature must be above 0, got " + temperature);
    }
  }

  /** The most neighbours that are asked for. */
  int most() {
    return neighbours.stream().mapToInt(k -> k).max().orElseThrow();
  }

  @Override
  public List<Setting> settings() {
    return neighbours.stream().map(k -> new Setting(Map.of("k", (double) k))).toList();
  }

  @Override
  public KnnProbeConfig only(int setting) {
    return new KnnProbeConfig(List.of(neighbours.get(setting)), temperature, standardise, refit);
  }
}
