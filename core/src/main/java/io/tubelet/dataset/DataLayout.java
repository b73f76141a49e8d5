package io.tubelet.dataset;

import io.tubelet.data.DataException;
import io.tubelet.data.ListLine;
import io.tubelet.shards.ShardFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a labelled data set lies on the disk. Every layout that can be read is listed here. */
public enum DataLayout {
  /** Whatever the source looks like. */
  AUTO(1),
  /** A line for each clip: path and label, apart by comma, blank or tab. */
  LIST(1),
  /** A folder for each class with its videos in it. */
  CLASS_FOLDERS(1),
  /** The annotation tables of Kinetics-400, -600 and -700. */
  KINETICS(1),
  /** The lists of Something-Something V2, in JSON, and the table of its test answers. */
  SOMETHING_V2(1),
  /** The folder {@code ucfTrainTestlist}, or one of its lists. */
  UCF101(3),
  /** The folder {@code testTrainMulti_7030_splits}. */
  HMDB51(3),
  /** A folder for each class with its images in it; an image is a clip of one frame. */
  IMAGENET(1),
  /** Tar files with {@code .cls} members, as WebDataset writes them. */
  SHARDS(1);

  private final int splits;

  DataLayout(int splits) {
    this.splits = splits;
  }

  /** In how many ways its publishers divide it; results are the mean over all of them. */
  public int splits() {
    return splits;
  }

  /** As it is written on the command line, such as {@code class-folders}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What a folder or file looks like; never {@link #AUTO}. */
  public static DataLayout recognise(Path source) throws IOException {
    if (!ShardFolder.find(source).isEmpty()) {
      return SHARDS;
    }
    return Files.isDirectory(source) ? recogniseFolder(source) : recogniseFile(source);
  }

  /**
   * The layout that the options ask for, or for {@link #AUTO} the one that the source has.
   *
   * @throws DataException when the layout has no such split
   */
  static DataLayout of(Path source, ReadOptions options) throws IOException {
    DataLayout layout = options.layout() == AUTO ? recognise(source) : options.layout();
    Integer split = options.split();
    if (split != null && split > layout.splits) {
      throw new DataException(
          "%s: split %d was asked for, but the layout %s has %d"
              .formatted(source, split, layout.word(), layout.splits));
    }
    return layout;
  }

  /** All that the source lists, unchecked. */
  Listing listing(Path source, @Nullable ClassNames classes, ReadOptions options)
      throws IOException {
    return switch (this) {
      case AUTO -> of(source, options).listing(source, classes, options);
      case LIST -> LabelledList.read(source, classes, options);
      case CLASS_FOLDERS -> ClassFolders.ofVideos(source, classes);
      case KINETICS -> Kinetics.read(source, classes, options);
      case SOMETHING_V2 -> SomethingSomething.read(source, classes, options);
      case UCF101 -> Ucf101.read(source, classes, options);
      case HMDB51 -> Hmdb51.read(source, classes, options);
      case IMAGENET -> ClassFolders.ofImages(source, classes);
      case SHARDS -> LabelledShards.read(source, classes);
    };
  }

  private static DataLayout recogniseFolder(Path folder) throws IOException {
    if (Ucf101.isFolderOfLists(folder)) {
      return UCF101;
    }
    if (Hmdb51.isFolderOfLists(folder)) {
      return HMDB51;
    }
    return ClassFolders.areImageNets(folder) ? IMAGENET : CLASS_FOLDERS;
  }

  private static DataLayout recogniseFile(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (Ucf101.isList(name)) {
      return UCF101;
    }
    if (Hmdb51.isList(name)) {
      return HMDB51;
    }
    if (name.toLowerCase(Locale.ROOT).endsWith(".json")) {
      return SOMETHING_V2;
    }
    List<ListLine> lines = ListLine.read(file);
    if (lines.isEmpty()) {
      return LIST;
    }
    String first = lines.get(0).text();
    if (Kinetics.isHeader(first)) {
      return KINETICS;
    }
    return SomethingSomething.isAnswer(first) ? SOMETHING_V2 : LIST;
  }
}
