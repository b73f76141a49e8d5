package io.tubelet.data;

import java.util.random.RandomGenerator;

/**
 * Which video comes when: each pass is a permutation of all videos, cut to whole batches, so the
 * last few of it are left out until the next pass. Where there are fewer videos than a batch takes,
 * a pass is one batch and goes through further permutations until that is full.
 *
 * <p>Videos in shards are permuted such that they are read nearly in the order in which they are
 * stored: the shards in a random order, and their videos through a shuffling buffer.
 *
 * <p>Not thread-safe: it keeps the permutation used last.
 */
final class VideoOrder {
  private final int videos;
  private final long length;
  private final Seeds seeds;
  private final ShardRuns shards;
  private final int buffer;
  private long memoPass = -1;
  private long memoRound = -1;
  private int[] memo = {};

  VideoOrder(Manifest manifest, int perBatch, Seeds seeds) {
    this.videos = manifest.size();
    this.shards = ShardRuns.of(manifest.entries());
    this.buffer = manifest.shuffleBuffer();
    this.length = videos < perBatch ? perBatch : videos - videos % perBatch;
    this.seeds = seeds;
  }

  /** Positions of a pass. */
  long length() {
    return length;
  }

  /** The number of the video at a place, {@code 0 <= position < length()}. */
  int video(long pass, long position) {
    long round = position / videos;
    if (pass != memoPass || round != memoRound) {
      memo = permutation(seeds.stream(Seeds.Purpose.SHUFFLE, pass, round));
      memoPass = pass;
      memoRound = round;
    }
    return memo[(int) (position % videos)];
  }

  private int[] permutation(RandomGenerator rng) {
    return shards.anyShard() ? shards.permutation(buffer, rng) : ofAll(rng);
  }

  private int[] ofAll(RandomGenerator rng) {
    int[] order = new int[videos];
    for (int i = 0; i < videos; i++) {
      int j = rng.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
