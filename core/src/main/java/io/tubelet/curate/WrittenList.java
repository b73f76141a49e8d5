package io.tubelet.curate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tubelet.data.DataException;
import io.tubelet.data.VideoList;
import io.tubelet.file.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes lists that every command reads: a path a line, or path and label apart by a blank. */
public final class WrittenList {
  /** The names of the classes, in a file of its own beside a list. */
  public static final String CLASSES = "classes.txt";

  private WrittenList() {}

  /** Refuses to go on where one of these files is there already: the output of an earlier run. */
  static void requireNew(Path... files) throws DataException {
    for (Path file : files) {
      if (Files.exists(file)) {
        throw new DataException(
            file + ": exists already, from an earlier run; remove it or name another place");
      }
    }
  }

  /**
   * Writes a list. Paths inside the list's folder are written relative to it, so that both can be
   * moved together; others in full.
   *
   * @throws DataException when a name cannot stand on a line
   */
  static void write(Path list, List<ListedVideo> videos) throws IOException {
    Path folder = VideoList.folderOf(list).normalize();
    StringBuilder text = new StringBuilder();
    for (ListedVideo video : videos) {
      text.append(line(folder, video)).append('\n');
    }
    WholeFile.write(list, text.toString().getBytes(UTF_8));
  }

  private static String line(Path folder, ListedVideo video) throws DataException {
    if (video.file() == null) {
      throw new IllegalArgumentException(video.name() + " is missing and cannot be listed");
    }
    Path file = video.file().toAbsolutePath().normalize();
    String path = file.startsWith(folder) ? folder.relativize(file).toString() : file.toString();
    if (!path.equals(path.strip()) || path.contains("\n") || path.contains("\r")) {
      throw new DataException(
          "'%s' cannot stand in a list: its name ends in a blank or has a line break"
              .formatted(path));
    }
    String name = path.replace('\\', '/');
    return video.label() == null ? name : name + " " + video.label();
  }

  /** Copies the class names that lie beside a source to a folder, where there are any. */
  static void copyClasses(Path source, Path folder) throws IOException {
    Path classes = classesOf(source);
    Path copy = folder.resolve(CLASSES);
    if (classes != null && !Files.exists(copy)) {
      WholeFile.write(copy, Files.readAllBytes(classes));
    }
  }

  /** The class names beside a list, or in a folder; null where there are none. */
  static @Nullable Path classesOf(Path source) {
    Path folder = Files.isDirectory(source) ? source : VideoList.folderOf(source);
    Path classes = folder.resolve(CLASSES);
    return Files.isRegularFile(classes) ? classes : null;
  }
}
