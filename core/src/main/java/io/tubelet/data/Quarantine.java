package io.tubelet.data;

import io.tubelet.file.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Videos that could not be read, each with the reason of its first failure. They are left out from
 * then on, and never without a trace. Thread-safe.
 */
public final class Quarantine {
  private static final int NAMED_IN_MESSAGE = 3;

  private final int videos;
  private final double maxShare;
  private volatile Map<String, String> broken = Map.of();

  /**
   * An empty quarantine.
   *
   * @param videos distinct videos of the data set
   * @param maxShare share of them that may be broken
   */
  Quarantine(int videos, double maxShare) {
    this.videos = videos;
    this.maxShare = maxShare;
  }

  /** Records a failure; later ones of the same video change nothing. */
  synchronized void add(String name, String reason) {
    if (!broken.containsKey(name)) {
      Map<String, String> more = new TreeMap<>(broken);
      more.put(name, reason);
      broken = Collections.unmodifiableMap(more);
    }
  }

  synchronized void addAll(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(more);
    all.putAll(broken);
    broken = Collections.unmodifiableMap(all);
  }

  /** Names and reasons, sorted by name; does not change any more. */
  public Map<String, String> broken() {
    return broken;
  }

  /** How many distinct videos are broken. */
  public int count() {
    return broken.size();
  }

  /** Writes name and reason, a line each; the file appears whole. */
  public void write(Path tsv) throws IOException {
    write(tsv, broken);
  }

  /** Writes names and reasons in the same way, wherever they come from. */
  public static void write(Path tsv, Map<String, String> broken) throws IOException {
    StringBuilder text = new StringBuilder("video\treason\n");
    broken.forEach(
        (name, reason) ->
            text.append(oneField(name)).append('\t').append(oneField(reason)).append('\n'));
    WholeFile.write(tsv, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Fails when too many, or all, are broken. */
  void requireFewEnough() throws DataException {
    int count = broken.size();
    if (count > maxShare * videos || count == videos) {
      String first =
          broken.entrySet().stream()
              .limit(NAMED_IN_MESSAGE)
              .map(e -> e.getKey() + " (" + e.getValue() + ")")
              .collect(Collectors.joining("; "));
      throw new DataException(
          "%d of %d videos cannot be read: %.1f %%, allowed are %.1f %% (max-broken); among them %s"
              .formatted(count, videos, 100.0 * count / videos, 100 * maxShare, first));
    }
  }

  private static String oneField(String text) {
    return text.replaceAll("[\\t\\r\\n]+", " ");
  }
}
