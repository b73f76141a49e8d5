package io.tubelet.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.data.Manifest.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardRunsTest {

  private static List<Entry> entries(int shards, int each) {
    List<Entry> entries = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      for (int i = 0; i < each; i++) {
        String name = "%06d.tar/%06d.mp4".formatted(shard, shard * each + i);
        entries.add(new Entry(name, Path.of("data", name), null));
      }
    }
    return entries;
  }

  @Test
  void of_shardsAndFiles_findsWhereTheyBegin() {
    List<Entry> mixed = new ArrayList<>(entries(3, 2));
    mixed.add(new Entry("a.mp4", Path.of("a.mp4"), null));
    mixed.add(new Entry("b.mp4", Path.of("b.mp4"), null));
    assertThat(ShardRuns.of(mixed).starts()).containsExactly(0, 2, 4, 6, 8);
    assertThat(ShardRuns.of(mixed).anyShard()).isTrue();
    assertThat(ShardRuns.of(mixed.subList(6, 8)).anyShard()).isFalse();
  }

  @Test
  void permutation_bufferOfOne_changesTheOrderOfShardsAlone() {
    int[] order = ShardRuns.of(entries(10, 5)).permutation(1, new SplittableRandom(1));
    assertThat(order).hasSize(50).doesNotHaveDuplicates();
    for (int run = 0; run < 10; run++) {
      int first = order[5 * run];
      assertThat(first % 5).isZero();
      for (int i = 0; i < 5; i++) {
        assertThat(order[5 * run + i]).isEqualTo(first + i);
      }
    }
    assertThat(order[0] / 5 != 0 || order[5] / 5 != 1 || order[10] / 5 != 2).isTrue();
  }

  @Test
  void permutation_anyBuffer_neverComesAheadOfIt() {
    ShardRuns runs = ShardRuns.of(entries(8, 25));
    int[] stream = runs.permutation(1, new SplittableRandom(3));
    for (int buffer : new int[] {2, 7, 40, 1000}) {
      int[] turn = new int[200];
      IntStream.range(0, 200).forEach(i -> turn[stream[i]] = i);
      int[] order = withBuffer(runs, buffer);
      assertThat(order).hasSize(200).doesNotHaveDuplicates();
      for (int i = 0; i < 200; i++) {
        assertThat(turn[order[i]] - i).as("buffer %d, place %d", buffer, i).isLessThan(buffer);
      }
    }
  }

  /** The order of the shards is drawn first: the same for every buffer. */
  private static int[] withBuffer(ShardRuns runs, int buffer) {
    return runs.permutation(buffer, new SplittableRandom(3));
  }

  @Test
  void permutation_bufferLargerThanAll_mixesEverything() {
    int[] firsts = new int[40];
    for (int seed = 0; seed < 4000; seed++) {
      firsts[ShardRuns.of(entries(4, 10)).permutation(1000, new SplittableRandom(seed))[0]]++;
    }
    assertThat(Arrays.stream(firsts).min().orElseThrow()).isGreaterThan(50);
    assertThat(Arrays.stream(firsts).max().orElseThrow()).isLessThan(160);
  }
}
