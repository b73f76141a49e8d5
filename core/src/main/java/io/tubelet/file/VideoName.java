package io.tubelet.file;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Which names are those of videos, told by their extension. */
public final class VideoName {
  private static final Set<String> EXTENSIONS =
      Set.of(
          "3g2", "3gp", "264", "265", "asf", "avi", "flv", "gif", "h264", "h265", "hevc", "m1v",
          "m2ts", "m2v", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "mts", "mxf", "ogv", "ts",
          "vob", "webm", "wmv", "y4m");

  private VideoName() {}

  /** Whether the name has the extension of a video and is not hidden. */
  public static boolean is(Path file) {
    return is(String.valueOf(file.getFileName()));
  }

  /** The same for a name with {@code /} between its parts. */
  public static boolean is(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    String extension = last.substring(last.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return !last.startsWith(".") && EXTENSIONS.contains(extension);
  }

  /** The extensions in words, for a message. */
  public static String extensions() {
    return String.join(", ", new TreeSet<>(EXTENSIONS));
  }
}
