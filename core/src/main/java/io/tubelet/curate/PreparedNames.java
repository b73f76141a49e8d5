package io.tubelet.curate;

import io.tubelet.data.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What prepared videos are called: as in the list, with the ending {@code .mp4}. Where names lead
 * out of the list's folder, they are taken from the folder that all videos have in common; where
 * two would become the same, their old endings stay in the names.
 */
final class PreparedNames {
  private static final String ENDING = ".mp4";

  private PreparedNames() {}

  /** The target of each video that is there; the same for a video that is listed twice. */
  static Map<ListedVideo, String> of(List<ListedVideo> videos) throws DataException {
    Path common = videos.stream().allMatch(PreparedNames::staysInside) ? null : common(videos);
    Map<ListedVideo, String> targets = new LinkedHashMap<>();
    Map<String, Path> taken = new HashMap<>();
    for (ListedVideo video : videos) {
      Path file = video.file();
      if (file == null) {
        continue;
      }
      Path real = file.toAbsolutePath().normalize();
      String name = inside(video, real, common);
      String stem = Files.isDirectory(real) ? name : withoutEnding(name);
      String target = free(stem + ENDING, real, taken);
      if (target == null) {
        target = free(name + ENDING, real, taken);
      }
      if (target == null) {
        throw new DataException(
            "%s and %s would both become %s"
                .formatted(taken.get(name + ENDING), real, name + ENDING));
      }
      taken.put(target, real);
      targets.put(video, target);
    }
    return targets;
  }

  private static @Nullable String free(String target, Path file, Map<String, Path> taken) {
    Path other = taken.get(target);
    return other == null || other.equals(file) ? target : null;
  }

  private static boolean staysInside(ListedVideo video) {
    Path name = Path.of(video.name());
    return !name.isAbsolute() && name.equals(name.normalize()) && !name.startsWith("..");
  }

  private static @Nullable Path common(List<ListedVideo> videos) {
    Path common = null;
    for (ListedVideo video : videos) {
      if (video.file() == null) {
        continue;
      }
      Path folder = video.file().toAbsolutePath().normalize().getParent();
      common = common == null ? folder : common;
      while (common != null && folder != null && !folder.startsWith(common)) {
        common = common.getParent();
      }
    }
    return common;
  }

  private static String inside(ListedVideo video, Path real, @Nullable Path common) {
    String name = common == null ? video.name() : common.relativize(real).toString();
    return name.replace('\\', '/')
        .replace(".tar/", "/"); // a folder called .tar would look like a shard
  }

  private static String withoutEnding(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
  }
}
