package io.tubelet.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The numbered pictures of a folder, as many copies of data sets keep their videos: {@code
 * img_00001.jpg}, {@code img_00002.jpg}, and so on.
 *
 * <p>Numbers may begin anywhere and must not leave one out: a frame that is not there is not
 * replaced by its neighbour. Of several series in one folder (optical flow is often kept beside the
 * pictures) the one counts whose name begins with {@code img}, {@code image} or {@code frame}.
 *
 * @param files in the order of their numbers, at least one
 */
record PictureSeries(List<Path> files) {
  private static final Pattern NUMBERED =
      Pattern.compile("(.*?)(\\d{1,18})\\.(bmp|jpe?g|png|webp)", Pattern.CASE_INSENSITIVE);
  private static final Pattern PICTURES = Pattern.compile("(img|image|frame)\\P{Alpha}?.*");

  /** Whether {@code folder} is one that {@link #of} reads. */
  static boolean isIn(Path folder) {
    try {
      return of(folder).files().size() > 1;
    } catch (VideoException none) {
      return false;
    }
  }

  /**
   * Reads the names in a folder.
   *
   * @throws VideoException when it has no series, several that may be meant, or one with a gap
   */
  static PictureSeries of(Path folder) throws VideoException {
    Map<String, TreeMap<Long, Path>> series = new TreeMap<>();
    try (Stream<Path> inside = Files.list(folder)) {
      for (Path file : inside.sorted().toList()) {
        Matcher name = NUMBERED.matcher(String.valueOf(file.getFileName()));
        if (name.matches() && Files.isRegularFile(file)) {
          String kind = name.group(1) + "*." + name.group(3).toLowerCase(Locale.ROOT);
          Path twin =
              series
                  .computeIfAbsent(kind, k -> new TreeMap<>())
                  .put(Long.valueOf(name.group(2)), file);
          if (twin != null) {
            throw new VideoException(
                folder,
                "%s and %s have the same number".formatted(twin.getFileName(), file.getFileName()));
          }
        }
      }
    } catch (VideoException twins) {
      throw twins;
    } catch (IOException unreadable) {
      throw new VideoException(folder, "cannot be read: " + unreadable.getMessage());
    }
    TreeMap<Long, Path> chosen = choose(folder, series);
    requireNoGap(folder, chosen);
    return new PictureSeries(List.copyOf(chosen.values()));
  }

  private static TreeMap<Long, Path> choose(Path folder, Map<String, TreeMap<Long, Path>> series)
      throws VideoException {
    if (series.isEmpty()) {
      throw new VideoException(
          folder, "is a folder without numbered pictures such as img_00001.jpg");
    }
    if (series.size() == 1) {
      return series.values().iterator().next();
    }
    List<String> pictures =
        series.keySet().stream()
            .filter(kind -> PICTURES.matcher(kind.toLowerCase(Locale.ROOT)).matches())
            .toList();
    if (pictures.size() != 1) {
      throw new VideoException(
          folder,
          "holds several series of pictures and it is not clear which is meant: "
              + String.join(", ", series.keySet()));
    }
    return series.getOrDefault(pictures.get(0), new TreeMap<>());
  }

  private static void requireNoGap(Path folder, TreeMap<Long, Path> chosen) throws VideoException {
    long expected = chosen.firstKey();
    for (Map.Entry<Long, Path> picture : chosen.entrySet()) {
      if (picture.getKey() != expected) {
        throw new VideoException(
            folder,
            "lacks picture %d, the one before %s"
                .formatted(expected, picture.getValue().getFileName()));
      }
      expected++;
    }
  }
}
