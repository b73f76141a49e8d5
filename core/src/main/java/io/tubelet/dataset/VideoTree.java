package io.tubelet.dataset;

import io.tubelet.data.VideoFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds listed videos in the folders where a layout may have them.
 *
 * <p>Data sets are often stored converted, so a video counts under its name without extension too;
 * of several, the very name comes first and then the alphabet. Every folder is read once, however
 * many videos are looked for in it.
 */
final class VideoTree {
  private final List<Path> roots;
  private final Map<Path, Map<String, Path>> contents = new HashMap<>();

  /**
   * @param roots in order of preference; those that do not exist hold nothing
   */
  VideoTree(List<Path> roots) {
    this.roots = roots;
  }

  /** The given folder alone, or where there is none the usual ones. */
  static VideoTree of(@Nullable Path given, List<Path> usual) {
    return new VideoTree(given == null ? usual : List.of(given));
  }

  /**
   * The file of a video, or null.
   *
   * @param folders below a root, in order of preference; {@code ""} is the root itself
   * @param name with or without extension
   */
  @Nullable Path find(List<String> folders, String name) throws IOException {
    String stem = name.contains(".") ? stem(name) : name;
    for (Path root : roots) {
      for (String folder : folders) {
        Map<String, Path> videos = videos(root, folder);
        Path file = videos.getOrDefault(name, videos.get(stem));
        if (file != null && Files.isRegularFile(file)) { // a link may lead nowhere
          return file;
        }
      }
    }
    return null;
  }

  private Map<String, Path> videos(Path root, String name) throws IOException {
    Path folder;
    try {
      folder = root.resolve(name);
    } catch (InvalidPathException e) {
      return Map.of();
    }
    Map<String, Path> known = contents.get(folder);
    if (known == null) {
      known = Files.isDirectory(folder) ? read(folder) : Map.of();
      contents.put(folder, known);
    }
    return known;
  }

  private static Map<String, Path> read(Path folder) throws IOException {
    Map<String, Path> videos = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(VideoFolder::isVideo).sorted().toList()) {
        String name = file.getFileName().toString();
        videos.put(name, file);
        videos.putIfAbsent(stem(name), file);
      }
    }
    return videos;
  }

  private static String stem(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }
}
