package io.tubelet.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one run. One process saves; any number may read meanwhile.
 *
 * <p>A save is: write everything under a hidden name, force it to the disk, rename, and only then
 * delete what is no longer wanted. At each moment the folder therefore holds a whole checkpoint, if
 * it ever held one.
 */
public final class CheckpointStore {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);

  private final Path run;
  private final int keepLast;
  private final boolean keepBest;
  private final Disk disk;
  private final SavedSteps saved;

  /**
   * @param run the folder that holds, or will hold, the checkpoints
   * @param keepLast how many of the newest to keep, at least 1
   * @param keepBest whether to keep the best one beside them
   */
  public CheckpointStore(Path run, int keepLast, boolean keepBest) {
    this(run, keepLast, keepBest, new LocalDisk());
  }

  CheckpointStore(Path run, int keepLast, boolean keepBest, Disk disk) {
    if (keepLast < 1) {
      throw new IllegalArgumentException("keepLast must be at least 1, got " + keepLast);
    }
    this.run = run;
    this.keepLast = keepLast;
    this.keepBest = keepBest;
    this.disk = disk;
    this.saved = new SavedSteps(run);
  }

  /**
   * Saves a run at its present step, replacing an earlier checkpoint of the same step.
   *
   * @throws CheckpointException if it could not be written, for instance on a full disk; the
   *     earlier checkpoints are as they were
   */
  public Checkpoint save(TrainingState state, Provenance provenance) throws IOException {
    String name = SavedSteps.name(provenance.step());
    Path hidden = run.resolve(SavedSteps.SAVING + name);
    Path folder = run.resolve(name);
    try {
      disk.createFolder(run);
      for (Path remains : saved.remains()) {
        deleteTree(remains);
      }
      Checkpoint.write(disk, hidden, state, provenance);
      makeRoom(folder);
      disk.rename(hidden, folder);
    } catch (IOException e) {
      throw Disk.notWritten(folder, e, () -> deleteTree(hidden));
    }
    prune(folder);
    return Checkpoint.open(folder);
  }

  /**
   * The newest whole checkpoint, every byte of it compared with what was written. A damaged one is
   * passed over with a warning that names it.
   *
   * @return empty where the folder holds none at all
   * @throws CheckpointException if all are damaged, or one is of another format version
   */
  public Optional<Checkpoint> latest() throws IOException {
    return saved.latest();
  }

  /**
   * The whole checkpoint of the lowest validation error, or loss where none was measured; of equal
   * ones the newest.
   *
   * @throws CheckpointException as {@link #latest}
   */
  public Optional<Checkpoint> best() throws IOException {
    return saved.best();
  }

  /**
   * Refuses to write into the folder of another run.
   *
   * @param resume whether this run continues what is there; then configuration and data must agree
   * @param free settings that may differ, such as {@code data.workers}: they cannot change results
   * @param completed adds to a configuration of an earlier version what it could not say
   * @throws CheckpointException saying what is there, or what differs
   */
  public void requireFreshOrSame(
      JsonNode configuration,
      RunData data,
      boolean resume,
      Set<String> free,
      UnaryOperator<JsonNode> completed)
      throws IOException {
    List<SavedSteps.Folder> there = saved.folders();
    if (there.isEmpty()) {
      return;
    }
    if (!resume) {
      throw new CheckpointException(
          run,
          "holds a run at step %d; resume it, or choose another folder"
              .formatted(there.get(0).step()));
    }
    for (SavedSteps.Folder folder : there) {
      Optional<Checkpoint> before = saved.open(folder);
      if (before.isPresent()) {
        Provenance provenance = before.get().provenance();
        JsonNode former = completed.apply(provenance.configuration());
        requireSame(former, provenance.data(), configuration, data, free);
        return;
      }
    }
  }

  private void requireSame(
      JsonNode former, RunData formerData, JsonNode configuration, RunData data, Set<String> free)
      throws CheckpointException {
    Map<String, String> differences = new TreeMap<>();
    compare("", JsonFile.asRead(former), JsonFile.asRead(configuration), differences);
    differences.keySet().removeAll(free);
    formerData.compare(data, differences);
    if (!differences.isEmpty()) {
      throw new CheckpointException(
          run,
          "holds another run; it differs in "
              + differences.entrySet().stream()
                  .map(d -> d.getKey() + ": " + d.getValue())
                  .collect(Collectors.joining(", ")));
    }
  }

  private static void compare(
      String path, JsonNode was, JsonNode is, Map<String, String> differences) {
    if (was.isObject() && is.isObject()) {
      Set<String> names = new TreeSet<>();
      was.fieldNames().forEachRemaining(names::add);
      is.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        String below = path.isEmpty() ? name : path + "." + name;
        compare(below, was.path(name), is.path(name), differences);
      }
    } else if (!was.equals(is)) {
      differences.put(path, "was %s, is %s".formatted(shown(was), shown(is)));
    }
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "absent" : value.toString();
  }

  /** A folder cannot be renamed onto another; the earlier one steps aside until the end. */
  private void makeRoom(Path folder) throws IOException {
    if (Files.exists(folder)) {
      Path aside = folder.resolveSibling(SavedSteps.REPLACED + folder.getFileName());
      deleteTree(aside);
      disk.rename(folder, aside);
    }
  }

  /** Deletes what is neither among the newest nor the best. That it fails is no reason to stop. */
  private void prune(Path justSaved) {
    try {
      for (SavedSteps.Folder folder : saved.folders()) {
        if (folder.isReplaced()) {
          retire(folder.path());
        }
      }
      Set<Path> kept = new HashSet<>();
      kept.add(justSaved);
      if (keepBest) {
        saved.byCost().stream().findFirst().ifPresent(best -> kept.add(best.folder()));
      }
      int whole = 0;
      for (SavedSteps.Folder folder : saved.folders()) {
        if (whole < keepLast) {
          whole += saved.open(folder).isPresent() ? 1 : 0;
        } else if (!kept.contains(folder.path())) {
          retire(folder.path());
        }
      }
    } catch (IOException e) {
      LOG.warn("Old checkpoints of {} could not be deleted: {}", run, e.getMessage());
    }
  }

  /** One rename takes it out of sight, so that a kill cannot leave it half there. */
  private void retire(Path folder) throws IOException {
    Path hidden = folder.resolveSibling(SavedSteps.DELETING + folder.getFileName());
    disk.rename(folder, hidden);
    deleteTree(hidden);
  }

  private void deleteTree(Path root) throws IOException {
    if (Files.notExists(root)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> all = Files.walk(root)) {
      paths = new ArrayList<>(all.toList());
    }
    for (int i = paths.size() - 1; i >= 0; i--) { // children come after their folders
      disk.delete(paths.get(i));
    }
  }
}
