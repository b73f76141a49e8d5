package io.tubelet.curate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tubelet.data.DataException;
import io.tubelet.data.Manifest;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.dataset.DataLayout;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.dataset.ReadOptions;
import io.tubelet.file.WholeFile;
import io.tubelet.shards.ShardFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A list made of a folder.
 *
 * @param videos sorted by name
 * @param classes their names where the videos have labels, else empty
 */
public record VideoFolderList(List<ListedVideo> videos, List<String> classes) {

  /** Whether the folders of a folder are classes. */
  public enum Labels {
    /** If every video lies in a folder of the folder. */
    AUTO,
    /** Each is one; a video outside is an error. */
    FOLDERS,
    /** None is. */
    NONE;

    /** As it is written on the command line. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Searches a folder.
   *
   * @throws DataException when it is no folder or there is no video in it
   */
  public static VideoFolderList of(Path folder, Labels labels) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new DataException(folder + ": no such folder; give one with videos in it");
    }
    Manifest all = Manifest.read(folder);
    boolean classes =
        switch (labels) {
          case FOLDERS -> true;
          case NONE -> false;
          case AUTO ->
              ShardFolder.find(folder).isEmpty()
                  && all.entries().stream().allMatch(entry -> entry.name().contains("/"));
        };
    if (!classes) {
      return new VideoFolderList(listed(all.entries()), List.of());
    }
    LabelledVideos labelled =
        LabelledVideos.read(
            folder, null, ReadOptions.TRAINING.withLayout(DataLayout.CLASS_FOLDERS));
    return new VideoFolderList(listed(labelled.manifest().entries()), labelled.classes().names());
  }

  private static List<ListedVideo> listed(List<Entry> entries) {
    return entries.stream().map(e -> new ListedVideo(e.name(), e.file(), e.label())).toList();
  }

  /**
   * Writes the list, and the classes beside it.
   *
   * @throws DataException when there is such a file already
   */
  public void write(Path list) throws IOException {
    Path names = list.resolveSibling(WrittenList.CLASSES);
    WrittenList.requireNew(list);
    if (!classes.isEmpty()) {
      requireSameClasses(names);
    }
    Path folder = list.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    WrittenList.write(list, videos);
    if (!classes.isEmpty()) {
      WholeFile.write(names, (String.join("\n", classes) + "\n").getBytes(UTF_8));
    }
  }

  /** Class names that are there already are kept if they are these, and else not overwritten. */
  private void requireSameClasses(Path names) throws IOException {
    if (Files.exists(names) && !Files.readAllLines(names, UTF_8).equals(classes)) {
      throw new DataException(
          "%s: exists already and names other classes than the %d folders here; remove it or write the list elsewhere"
              .formatted(names, classes.size()));
    }
  }
}
