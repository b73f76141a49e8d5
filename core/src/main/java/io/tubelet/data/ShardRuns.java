package io.tubelet.data;

import io.tubelet.data.Manifest.Entry;
import io.tubelet.shards.Shard;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which neighbours of a list lie in the same shard, and a random order that keeps to it.
 *
 * @param starts the first video of each run of neighbours, then the number of videos
 * @param anyShard whether there is a shard at all
 */
record ShardRuns(int[] starts, boolean anyShard) {

  /** The runs of a list; neighbours in no shard are a run too. */
  static ShardRuns of(List<Entry> entries) {
    int[] starts = new int[entries.size() + 1];
    int runs = 0;
    boolean any = false;
    Path current = null;
    for (int i = 0; i < entries.size(); i++) {
      Path file = entries.get(i).file();
      Path shard = current != null && file.startsWith(current) ? current : shardOf(file);
      any |= shard != null;
      if (i == 0 || (shard == null ? current != null : !shard.equals(current))) {
        starts[runs++] = i;
      }
      current = shard;
    }
    starts[runs++] = entries.size();
    return new ShardRuns(Arrays.copyOf(starts, runs), any);
  }

  private static @Nullable Path shardOf(Path file) {
    Path folder = file.getParent();
    while (folder != null && !Shard.isShard(folder)) {
      folder = folder.getParent();
    }
    return folder;
  }

  /**
   * All videos: the runs one after the other in random order, and of what comes out of them always
   * one of the {@code buffer} that are next, whichever the generator chooses. So a video comes at
   * most {@code buffer - 1} places before its turn, and everything could be read as a stream.
   */
  int[] permutation(int buffer, RandomGenerator rng) {
    int[] order = inRandomRuns(rng);
    for (int i = 0; i < order.length; i++) {
      int chosen = i + rng.nextInt(Math.min(buffer, order.length - i));
      int video = order[chosen];
      order[chosen] = order[i];
      order[i] = video;
    }
    return order;
  }

  private int[] inRandomRuns(RandomGenerator rng) {
    int[] runs = IntStream.range(0, starts.length - 1).toArray();
    for (int i = runs.length - 1; i > 0; i--) {
      int other = rng.nextInt(i + 1);
      int run = runs[other];
      runs[other] = runs[i];
      runs[i] = run;
    }
    return IntStream.of(runs)
        .flatMap(run -> IntStream.range(starts[run], starts[run + 1]))
        .toArray();
  }
}
