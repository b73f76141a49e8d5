package io.tubelet.dataset;

import io.tubelet.data.DataException;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.data.VideoFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code class/clip.mp4}, and ImageNet's {@code n01440764/n01440764_10026.JPEG}: the first
 * folder is the class, labels follow the alphabet.
 */
final class ClassFolders {
  private static final Pattern IMAGENET_CLASS = Pattern.compile("n\\d{8}");
  private static final Set<String> IMAGES = Set.of("bmp", "jpeg", "jpg", "png", "webp");
  private static final Set<String> PARTS =
      Set.of("test", "testing", "train", "training", "val", "valid", "validate", "validation");

  private ClassFolders() {}

  static Listing ofVideos(Path root, @Nullable ClassNames classes) throws IOException {
    return read(root, classes, VideoFolder::isVideo, VideoFolder::videos);
  }

  static Listing ofImages(Path root, @Nullable ClassNames classes) throws IOException {
    return read(
        root,
        classes,
        ClassFolders::isImage,
        folder -> VideoFolder.files(folder, ClassFolders::isImage));
  }

  /** Whether folders are named by WordNet, as ImageNet's classes are. */
  static boolean areImageNets(Path root) throws IOException {
    List<String> names = folders(root);
    return !names.isEmpty() && names.stream().allMatch(n -> IMAGENET_CLASS.matcher(n).matches());
  }

  /** What lies in a class folder. */
  private interface Contents {
    List<Entry> of(Path folder) throws IOException;
  }

  private static Listing read(
      Path root, @Nullable ClassNames given, Predicate<Path> kind, Contents contents)
      throws IOException {
    List<String> names = classFolders(root);
    requireNoneOutside(root, kind);
    ClassIndex index = new ClassIndex(given == null ? new ClassNames(names) : given);
    List<Listing.Clip> clips = new ArrayList<>();
    for (String name : names) {
      Path folder = root.resolve(name);
      int label = index.label(name, folder.toString());
      for (Entry entry : contents.of(folder)) {
        clips.add(
            new Listing.Clip(folder.toString(), name + "/" + entry.name(), entry.file(), label));
      }
    }
    return new Listing(index.classes(), clips);
  }

  private static List<String> classFolders(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new DataException(root + ": not a folder; give one that has a folder for each class");
    }
    List<String> names = folders(root);
    if (names.isEmpty()) {
      throw new DataException(root + ": has no class folders; each class needs a folder in it");
    }
    if (names.size() > 1 && PARTS.containsAll(names)) {
      throw new DataException(
          "%s: holds %s, which are parts and not classes; give one of them"
              .formatted(root, String.join(", ", names)));
    }
    return names;
  }

  private static List<String> folders(Path root) throws IOException {
    try (Stream<Path> inside = Files.list(root)) {
      return inside
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private static void requireNoneOutside(Path root, Predicate<Path> kind) throws IOException {
    try (Stream<Path> inside = Files.list(root)) {
      Path stray = inside.filter(kind).filter(Files::isRegularFile).findFirst().orElse(null);
      if (stray != null) {
        throw new DataException(stray + ": in no class folder, so its class is not known");
      }
    }
  }

  private static boolean isImage(Path file) {
    String name = String.valueOf(file.getFileName());
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && IMAGES.contains(extension);
  }
}
