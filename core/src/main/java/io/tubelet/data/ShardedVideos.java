package io.tubelet.data;

import io.tubelet.data.Manifest.Entry;
import io.tubelet.shards.Sample;
import io.tubelet.shards.Shard;
import io.tubelet.shards.ShardFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The videos of shards, in the order in which they are stored; named after shard and member. */
public final class ShardedVideos {
  private ShardedVideos() {}

  /**
   * All videos, with the labels that the shards give them; none where {@code source} names no
   * shard.
   *
   * @param source a folder with shards directly in it, a pattern such as {@code shards/0000??.tar},
   *     or one shard
   * @throws io.tubelet.shards.ShardException when a shard is damaged, naming its file and byte
   * @throws DataException when there are shards without a video
   */
  public static List<Entry> find(Path source) throws IOException {
    List<Path> shards = ShardFolder.find(source);
    List<Entry> entries = new ArrayList<>();
    for (Path shard : shards) {
      entries.addAll(of(shard, String.valueOf(shard.getFileName())));
    }
    if (!shards.isEmpty() && entries.isEmpty()) {
      throw new DataException(
          "%s: no video in its %d shards, the first being %s"
              .formatted(source, shards.size(), shards.get(0)));
    }
    return entries;
  }

  /**
   * The videos of one shard.
   *
   * @param name what the shard is called where it is listed
   */
  public static List<Entry> of(Path shard, String name) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Sample sample : Shard.read(shard).samples()) {
      entries.add(
          new Entry(name + "/" + sample.video(), shard.resolve(sample.video()), sample.label()));
    }
    return entries;
  }
}
