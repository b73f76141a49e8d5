package io.tubelet.dataset;

import io.tubelet.data.DataException;
import io.tubelet.data.ListLine;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.data.ShardedVideos;
import io.tubelet.data.VideoList;
import io.tubelet.shards.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code path label} lists, as both official programs write them.
 *
 * <pre>{@code
 * abseiling/0347ZoDXyP0_000095_000105.mp4 0
 * zumba/_0tfP9mXBmc_000022_000032.mp4,399
 * }</pre>
 *
 * <p>Paths are relative to the folder of the videos, else to that of the list. A line that names a
 * shard stands for its videos, with the labels that are in it.
 */
final class LabelledList {
  /** No data set has as many classes; a label above is a slip, such as a column of frame counts. */
  private static final int MOST_CLASSES = 100_000;

  private LabelledList() {}

  static Listing read(Path list, @Nullable ClassNames classes, ReadOptions options)
      throws IOException {
    if (!Files.isRegularFile(list)) {
      throw new DataException(list + ": not a list; give a file with a path and a label a line");
    }
    Path folder = options.videos() == null ? VideoList.folderOf(list) : options.videos();
    List<Listing.Clip> clips = new ArrayList<>();
    int most = 0;
    for (VideoList.Row row : VideoList.rows(list, folder)) {
      ListLine line = row.line();
      if (row.file() != null && Shard.isShard(row.file())) {
        for (Entry entry : ShardedVideos.of(row.file(), row.name())) {
          Listing.Clip clip = LabelledShards.clip(row.file(), entry);
          most = Math.max(most, clip.label());
          clips.add(clip);
        }
        continue;
      }
      Integer label = row.label();
      if (label == null) {
        throw line.error(row.name() + " has no label; write its number after the path");
      }
      if (classes == null && label >= MOST_CLASSES) {
        throw line.error(
            "the label of %s must be below %d, got %d".formatted(row.name(), MOST_CLASSES, label));
      }
      most = Math.max(most, label);
      clips.add(new Listing.Clip(line.place(), row.name(), row.file(), label));
    }
    return new Listing(classes == null ? ClassNames.numbered(most + 1) : classes, clips);
  }
}
