package io.tubelet.dataset;

import io.tubelet.data.DataException;
import io.tubelet.data.ListLine;
import io.tubelet.data.VideoList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads UCF101's {@code ucfTrainTestlist}.
 *
 * <pre>{@code
 * classInd.txt     1 ApplyEyeMakeup
 * trainlist01.txt  ApplyEyeMakeup/v_ApplyEyeMakeup_g08_c01.avi 1
 * testlist01.txt   ApplyEyeMakeup/v_ApplyEyeMakeup_g01_c01.avi
 * }</pre>
 *
 * <p>The class is the folder; where a number follows, it must agree. Labels are the numbers of
 * {@code classInd.txt} less one. The videos are in class folders or in none, beside the lists,
 * above them, or in {@code UCF-101} or {@code UCF101} there.
 */
final class Ucf101 {
  private static final Pattern LIST = Pattern.compile("(train|test)list0([1-3])\\.txt");
  private static final Pattern LINE = Pattern.compile("([^/]+)/(\\S+\\.\\w+)(?:\\s+(\\d{1,3}))?");

  private Ucf101() {}

  static boolean isFolderOfLists(Path folder) {
    return Files.isRegularFile(folder.resolve(ClassNames.UCF101_FILE));
  }

  static boolean isList(String name) {
    return LIST.matcher(name).matches();
  }

  static Listing read(Path source, @Nullable ClassNames given, ReadOptions options)
      throws IOException {
    Path list = list(source, options);
    Path folder = VideoList.folderOf(list);
    ClassNames official = ClassNames.read(folder.resolve(ClassNames.UCF101_FILE));
    ClassIndex numbers = new ClassIndex(official);
    ClassIndex index = given == null ? numbers : new ClassIndex(given);
    VideoTree videos = VideoTree.of(options.videos(), roots(folder));
    List<Listing.Clip> clips = new ArrayList<>();
    for (ListLine line : ListLine.read(list)) {
      Matcher parts = LINE.matcher(line.text());
      if (!parts.matches()) {
        throw line.error("must be 'Class/video.avi' and a number, got '%s'".formatted(line.text()));
      }
      String className = Objects.requireNonNull(parts.group(1));
      String video = Objects.requireNonNull(parts.group(2));
      int number = numbers.label(className, line.place()) + 1;
      if (parts.group(3) != null && Integer.parseInt(parts.group(3)) != number) {
        throw line.error(
            "the number is %s, but %s has %d".formatted(parts.group(3), className, number));
      }
      clips.add(
          new Listing.Clip(
              line.place(),
              className + "/" + video,
              videos.find(List.of(className, ""), video),
              index.label(className, line.place())));
    }
    return new Listing(index.classes(), clips);
  }

  /** A folder holds the lists of all splits and both parts; a list names its own. */
  private static Path list(Path source, ReadOptions options) throws DataException {
    Integer split = options.split();
    if (Files.isDirectory(source)) {
      String part = options.part() == Part.TRAIN ? "train" : "test";
      Path list = source.resolve("%slist0%d.txt".formatted(part, split == null ? 1 : split));
      if (!Files.isRegularFile(list)) {
        throw new DataException(list + ": no such list of UCF101");
      }
      return list;
    }
    Matcher name = LIST.matcher(String.valueOf(source.getFileName()));
    if (name.matches() && split != null && !name.group(2).equals(split.toString())) {
      throw new DataException("%s: not a list of split %d".formatted(source, split));
    }
    return source;
  }

  private static List<Path> roots(Path folder) {
    Path above = VideoList.folderOf(folder);
    return List.of(
        folder,
        folder.resolve("UCF-101"),
        above.resolve("UCF-101"),
        above.resolve("UCF101"),
        above);
  }
}
