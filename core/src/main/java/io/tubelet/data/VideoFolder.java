package io.tubelet.data;

import io.tubelet.data.Manifest.Entry;
import io.tubelet.file.VideoName;
import io.tubelet.video.Videos;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the videos below a folder, sorted by name: files by their extension, and folders that hold
 * a video's frames as numbered pictures. What is hidden is left out.
 */
public final class VideoFolder {
  private VideoFolder() {}

  static Manifest read(Path folder) throws IOException {
    List<Entry> entries = videos(folder);
    if (entries.isEmpty()) {
      throw new DataException(
          "%s: no video in this folder or below; looked for folders of numbered pictures and files ending in %s"
              .formatted(folder, VideoName.extensions()));
    }
    return new Manifest(folder, entries);
  }

  /** All videos below a folder, sorted by name, without labels. */
  public static List<Entry> videos(Path folder) throws IOException {
    return find(
        folder,
        path ->
            Files.isDirectory(path)
                ? isFrameFolder(path)
                : isVideo(path) && Files.isRegularFile(path));
  }

  /**
   * The files of a kind below a folder, sorted by name, without labels.
   *
   * @param kind told from the name alone, such as {@link #isVideo}
   */
  public static List<Entry> files(Path folder, Predicate<Path> kind) throws IOException {
    return find(folder, path -> kind.test(path) && Files.isRegularFile(path));
  }

  private static List<Entry> find(Path folder, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return files
          .filter(path -> !path.equals(folder) && wanted.test(path))
          .map(file -> new Entry(name(folder, file), file, null))
          .sorted(Comparator.comparing(Entry::name))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isFrameFolder(Path folder) {
    return !String.valueOf(folder.getFileName()).startsWith(".") && Videos.isFrameFolder(folder);
  }

  /** Whether the name has the extension of a video and is not hidden. */
  public static boolean isVideo(Path file) {
    return VideoName.is(file);
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }
}
