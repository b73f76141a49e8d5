package io.tubelet.data;

import java.util.stream.IntStream;

/**
 * The videos of a batch that one process makes.
 *
 * @param rank of the process
 * @param size how many processes there are
 * @param pairs whether video i and the i-th from the end stay together, because their clips are
 *     mixed with each other
 */
public record Stretch(int rank, int size, boolean pairs) {

  /** Whether this process makes all of them. */
  boolean isWhole() {
    return size == 1;
  }

  /** Places of this process's videos among those of a batch, ascending. */
  int[] places(int videos) {
    int units = pairs ? (videos + 1) / 2 : videos;
    if (units < size) {
      throw new IllegalArgumentException(
          "a batch must give each of %d processes %s, it has %d videos; raise train.batch or start fewer"
              .formatted(size, pairs ? "a pair of videos (clips are mixed)" : "a video", videos));
    }
    int from = rank * units / size;
    int to = (rank + 1) * units / size;
    IntStream own = IntStream.range(from, to);
    return pairs
        ? IntStream.concat(own, IntStream.range(from, to).map(i -> videos - 1 - i))
            .sorted()
            .distinct()
            .toArray()
        : own.toArray();
  }
}
