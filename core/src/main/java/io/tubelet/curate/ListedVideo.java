package io.tubelet.curate;

import io.tubelet.data.Manifest;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.data.ShardedVideos;
import io.tubelet.data.VideoList;
import io.tubelet.dataset.DataLayout;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.dataset.MissingVideo;
import io.tubelet.dataset.ReadOptions;
import io.tubelet.file.VideoName;
import io.tubelet.shards.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A video that a list names, whether or not it is there.
 *
 * @param name as the list has it, or relative to the folder
 * @param file where it is; null where it is missing
 * @param label its class, null where none is given
 */
public record ListedVideo(String name, @Nullable Path file, @Nullable Integer label) {

  /**
   * All videos of a source, missing ones included.
   *
   * @param source a folder, searched for videos; shards; a single video; a list of paths, with
   *     labels or without; or a data set in its publishers' layout
   * @param options how a publisher's layout is to be read
   */
  public static List<ListedVideo> read(Path source, ReadOptions options) throws IOException {
    DataLayout layout = layout(source, options);
    if (layout != DataLayout.LIST && layout != DataLayout.CLASS_FOLDERS) {
      return ofLayout(source, options.withLayout(layout).withAllowMissing(true));
    }
    if (layout == DataLayout.LIST && Files.isRegularFile(source) && !VideoName.is(source)) {
      Path videos = options.videos();
      return ofList(source, videos == null ? VideoList.folderOf(source) : videos);
    }
    return Manifest.read(source).entries().stream().map(ListedVideo::of).toList();
  }

  /** Shards and folders need no labels here, so they are read as training without labels does. */
  private static DataLayout layout(Path source, ReadOptions options) throws IOException {
    if (options.layout() != DataLayout.AUTO) {
      return options.layout();
    }
    if (VideoName.is(source) || !Files.exists(source)) {
      return DataLayout.CLASS_FOLDERS;
    }
    DataLayout layout = DataLayout.recognise(source);
    return layout == DataLayout.SHARDS ? DataLayout.CLASS_FOLDERS : layout;
  }

  private static ListedVideo of(Entry entry) {
    return new ListedVideo(entry.name(), entry.file(), entry.label());
  }

  private static List<ListedVideo> ofList(Path list, Path folder) throws IOException {
    List<ListedVideo> videos = new ArrayList<>();
    for (VideoList.Row row : VideoList.rows(list, folder)) {
      if (row.file() != null && Shard.isShard(row.file())) {
        ShardedVideos.of(row.file(), row.name()).forEach(entry -> videos.add(of(entry)));
      } else {
        videos.add(new ListedVideo(row.name(), row.file(), row.label()));
      }
    }
    return videos;
  }

  private static List<ListedVideo> ofLayout(Path source, ReadOptions options) throws IOException {
    LabelledVideos labelled =
        LabelledVideos.read(source, null, options.withAllowEmptyClasses(true));
    List<ListedVideo> videos = new ArrayList<>();
    labelled.manifest().entries().forEach(entry -> videos.add(of(entry)));
    for (MissingVideo missing : labelled.missing()) {
      videos.add(new ListedVideo(missing.name(), null, null));
    }
    return videos;
  }
}
