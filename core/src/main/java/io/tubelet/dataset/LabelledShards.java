package io.tubelet.dataset;

import io.tubelet.data.DataException;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.data.ShardedVideos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads shards whose samples have labels: {@code 000123.cls} beside {@code 000123.mp4}. The classes
 * are those of {@code classes.txt} beside the shards, where it is there.
 */
final class LabelledShards {
  private static final String CLASSES = "classes.txt";

  private LabelledShards() {}

  static Listing read(Path source, @Nullable ClassNames classes) throws IOException {
    List<Entry> entries = ShardedVideos.find(source);
    if (entries.isEmpty()) {
      throw new DataException(
          source + ": no shards; give a folder with .tar files, one of them, or a pattern");
    }
    List<Listing.Clip> clips = new ArrayList<>();
    int most = 0;
    for (Entry entry : entries) {
      Listing.Clip clip = clip(source, entry);
      most = Math.max(most, clip.label());
      clips.add(clip);
    }
    if (classes != null) {
      return new Listing(classes, clips);
    }
    Path named = classesBeside(source);
    return new Listing(
        named == null ? ClassNames.numbered(most + 1) : ClassNames.read(named), clips);
  }

  /** One video of a shard as a listed clip. */
  static Listing.Clip clip(Path source, Entry entry) throws DataException {
    if (entry.label() == null) {
      throw new DataException(
          "%s: %s has no label; its sample needs a member .cls with the number of the class"
              .formatted(source, entry.name()));
    }
    return new Listing.Clip(source.toString(), entry.name(), entry.file(), entry.label());
  }

  private static @Nullable Path classesBeside(Path source) {
    Path beside =
        Files.isDirectory(source) ? source.resolve(CLASSES) : source.resolveSibling(CLASSES);
    return Files.isRegularFile(beside) ? beside : null;
  }
}
