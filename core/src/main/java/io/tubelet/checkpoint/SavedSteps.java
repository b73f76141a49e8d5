package io.tubelet.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints found in a folder, newest first; looked up anew each time.
 *
 * <p>Hidden names are states of passage: {@code .saving-} is not whole yet, {@code .deleting-} is
 * no longer. {@code .replaced-} is a whole one making room for another of its step, and counts
 * where a kill came between the two.
 */
record SavedSteps(Path run) {
  static final String SAVING = ".saving-";
  static final String DELETING = ".deleting-";
  static final String REPLACED = ".replaced-";

  private static final Pattern NAME =
      Pattern.compile("(?:" + Pattern.quote(REPLACED) + ")?step-(\\d{8,18})");
  private static final Logger LOG = LoggerFactory.getLogger(SavedSteps.class);

  /** A folder by its name; what is inside has not been looked at. */
  record Folder(Path path, long step) {
    boolean isReplaced() {
      return path.getFileName().toString().startsWith(REPLACED);
    }
  }

  static String name(long step) {
    return "step-%08d".formatted(step);
  }

  /** Newest first; of one step, the one that replaces before the replaced. */
  List<Folder> folders() throws IOException {
    if (!Files.isDirectory(run)) {
      return List.of();
    }
    List<Folder> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(run)) {
      for (Path path : all.toList()) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        // Looking inside could find it gone, its successor not yet listed, and so nothing at all.
        if (name.matches()) {
          found.add(new Folder(path, Long.parseLong(name.group(1))));
        }
      }
    }
    found.sort(Comparator.comparingLong(Folder::step).reversed().thenComparing(Folder::isReplaced));
    return found;
  }

  /** What an interrupted save or deletion left behind. */
  List<Path> remains() throws IOException {
    if (!Files.isDirectory(run)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(run)) {
      return all.filter(
              path -> {
                String name = path.getFileName().toString();
                return name.startsWith(SAVING) || name.startsWith(DELETING);
              })
          .toList();
    }
  }

  /** See {@link CheckpointStore#latest}. */
  Optional<Checkpoint> latest() throws IOException {
    List<Folder> seen = folders();
    try {
      return firstWhole(seen.stream().map(Folder::path).toList());
    } catch (CheckpointException e) {
      if (seen.equals(folders())) {
        throw e;
      }
      return latest(); // the run goes on meanwhile, and has replaced what was looked at
    }
  }

  /** See {@link CheckpointStore#best}. */
  Optional<Checkpoint> best() throws IOException {
    return firstWhole(byCost().stream().map(Checkpoint::folder).toList());
  }

  /**
   * Those that can be opened and know what they cost, lowest first; of equal ones the newest first.
   */
  List<Checkpoint> byCost() throws IOException {
    List<Checkpoint> known = new ArrayList<>();
    for (Folder folder : folders()) {
      open(folder).filter(c -> !Double.isNaN(c.provenance().cost())).ifPresent(known::add);
    }
    known.sort(Comparator.comparingDouble(c -> c.provenance().cost()));
    return known;
  }

  /** The checkpoint in a folder; empty if it is damaged. */
  Optional<Checkpoint> open(Folder folder) throws IOException {
    try {
      return Optional.of(Checkpoint.open(folder.path()));
    } catch (CheckpointVersionException e) {
      throw e;
    } catch (IOException e) {
      LOG.debug("{} cannot be opened: {}", folder.path(), e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Checkpoint> firstWhole(List<Path> folders) throws IOException {
    List<String> damages = new ArrayList<>();
    for (Path folder : folders) {
      try {
        Checkpoint checkpoint = Checkpoint.open(folder);
        checkpoint.verify();
        return Optional.of(checkpoint);
      } catch (CheckpointVersionException e) {
        throw e;
      } catch (IOException e) {
        LOG.warn("Damaged checkpoint {} is passed over: {}", folder.getFileName(), e.getMessage());
        damages.add(e.getMessage());
      }
    }
    if (damages.isEmpty()) {
      return Optional.empty();
    }
    throw new CheckpointException(
        run, "holds no whole checkpoint; damaged: " + String.join("; ", damages));
  }
}
