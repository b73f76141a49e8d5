package io.tubelet.dataset;

import io.tubelet.data.DataException;
import io.tubelet.data.ListLine;
import io.tubelet.data.VideoList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads HMDB51's {@code testTrainMulti_7030_splits}: a list for each class and split, {@code
 * brush_hair_test_split1.txt}.
 *
 * <pre>{@code
 * April_09_brush_hair_u_nm_np1_ba_goo_0.avi 1
 * }</pre>
 *
 * <p>1 is for training, 2 for testing, 0 for neither. Labels follow the alphabet of the classes.
 * The videos are in class folders or in none, beside the lists, above them, or in {@code
 * hmdb51_org} or {@code videos} there. A name may begin with {@code #}.
 */
final class Hmdb51 {
  private static final Pattern LIST = Pattern.compile("(.+)_test_split([1-3])\\.txt");
  private static final Pattern LINE = Pattern.compile("(.+?)\\s+([012])");

  private Hmdb51() {}

  static boolean isFolderOfLists(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> isList(file.getFileName().toString()));
    }
  }

  static boolean isList(String name) {
    return LIST.matcher(name).matches();
  }

  static Listing read(Path source, @Nullable ClassNames given, ReadOptions options)
      throws IOException {
    if (!Files.isDirectory(source)) {
      throw new DataException(
          source + ": HMDB51 has a list for each class; give the folder that holds them");
    }
    Map<String, Path> lists = lists(source, options.split() == null ? 1 : options.split());
    ClassIndex index =
        new ClassIndex(given == null ? new ClassNames(List.copyOf(lists.keySet())) : given);
    VideoTree videos = VideoTree.of(options.videos(), roots(source));
    String wanted = options.part() == Part.TRAIN ? "1" : "2";
    List<Listing.Clip> clips = new ArrayList<>();
    for (Map.Entry<String, Path> list : lists.entrySet()) {
      String className = list.getKey();
      int label = index.label(className, list.getValue().toString());
      for (ListLine line : ListLine.read(list.getValue())) {
        Matcher parts = LINE.matcher(line.text());
        if (!parts.matches()) {
          throw line.error("must be 'video.avi' and 0, 1 or 2, got '%s'".formatted(line.text()));
        }
        if (wanted.equals(parts.group(2))) {
          String video = Objects.requireNonNull(parts.group(1));
          Path file = videos.find(List.of(className, ""), video);
          clips.add(new Listing.Clip(line.place(), className + "/" + video, file, label));
        }
      }
    }
    return new Listing(index.classes(), clips);
  }

  /** The lists of a split by class, in the alphabet's order. */
  private static Map<String, Path> lists(Path folder, int split) throws IOException {
    Map<String, Path> lists = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher name = LIST.matcher(file.getFileName().toString());
        if (name.matches() && Integer.parseInt(name.group(2)) == split) {
          lists.put(Objects.requireNonNull(name.group(1)), file);
        }
      }
    }
    if (lists.isEmpty()) {
      throw new DataException(
          "%s: no list of split %d; they are called CLASS_test_split%d.txt"
              .formatted(folder, split, split));
    }
    return lists;
  }

  private static List<Path> roots(Path folder) {
    Path above = VideoList.folderOf(folder);
    return List.of(
        folder,
        above.resolve("hmdb51_org"),
        above.resolve("videos"),
        above.resolve("hmdb51"),
        above);
  }
}
