package io.tubelet.dataset;

import io.tubelet.data.Manifest;
import io.tubelet.data.Manifest.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Test clips that are learnt from: scores over them say nothing of unseen clips. */
public final class Overlap {
  private final Manifest training;
  private final Map<Path, Entry> byPath = new HashMap<>();
  private final Map<String, List<Entry>> byName = new HashMap<>();

  private Overlap(Manifest training) throws IOException {
    this.training = training;
    for (Entry entry : training.entries()) {
      byPath.putIfAbsent(real(entry.file()), entry);
      byName.computeIfAbsent(fileName(entry), name -> new ArrayList<>()).add(entry);
    }
  }

  /**
   * A sentence for each test clip that is listed for training too: the same file, links followed,
   * or a file of the same name with the same bytes.
   */
  public static List<String> warnings(Manifest training, Manifest test) throws IOException {
    Overlap overlap = new Overlap(training);
    List<String> warnings = new ArrayList<>();
    for (Entry entry : test.entries()) {
      String twin = overlap.twin(entry);
      if (twin != null) {
        warnings.add("%s: %s %s".formatted(test.source(), entry.name(), twin));
      }
    }
    return warnings;
  }

  private @Nullable String twin(Entry test) throws IOException {
    Entry same = byPath.get(real(test.file()));
    if (same != null) {
      return "is listed for training too, as %s in %s".formatted(same.name(), training.source());
    }
    for (Entry candidate : byName.getOrDefault(fileName(test), List.of())) {
      if (sameContent(candidate.file(), test.file())) {
        return "has the content of %s, listed for training in %s"
            .formatted(candidate.name(), training.source());
      }
    }
    return null;
  }

  /** Links followed; what lies in a shard is no file, and known by its path. */
  private static Path real(Path file) throws IOException {
    return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath().normalize();
  }

  private static boolean sameContent(Path one, Path other) throws IOException {
    return Files.exists(one)
        && Files.exists(other)
        && Files.mismatch(one, other) < 0; // compares sizes first
  }

  private static String fileName(Entry entry) {
    return String.valueOf(entry.file().getFileName());
  }
}
