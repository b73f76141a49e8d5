package io.tubelet.study;

import io.tubelet.config.ConfigException;
import io.tubelet.study.Row.Beginning;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All trials of a study in a folder: what was done stays, what is missing is done in order. */
public final class Study {
  private final StudyConfig config;
  private final StudyData data;
  private final Path folder;
  private final List<Trial> trials;

  /**
   * @param folder made where it is missing
   */
  public Study(StudyConfig config, StudyData data, Path folder) {
    this.config = config;
    this.data = data;
    this.folder = folder;
    trials = trials(config, folder);
  }

  /**
   * One seed of all rows before the next: a study that is cut short still compares all rows. Rows
   * that differ only in what comes after it share a pre-training, which lies with the first.
   */
  private static List<Trial> trials(StudyConfig config, Path folder) {
    List<Trial> all = new ArrayList<>();
    List<Row> rows = config.allRows();
    Row first =
        rows.stream().filter(r -> r.beginning() == Beginning.PRETRAINED).findFirst().orElseThrow();
    for (long seed : config.seeds()) {
      Path architecture = place(folder, first, seed).resolve(Trial.PRETRAINING);
      Map<String, Path> done = new HashMap<>();
      for (Row row : rows) {
        Path own = place(folder, row, seed);
        Path pretraining =
            row.checkpoint()
                .map(Path::of)
                .orElseGet(
                    () ->
                        done.computeIfAbsent(
                            config.sameness(row), same -> own.resolve(Trial.PRETRAINING)));
        all.add(new Trial(config, row, seed, own, pretraining, architecture));
      }
    }
    return all;
  }

  private static Path place(Path folder, Row row, long seed) {
    return folder.resolve(row.folder()).resolve("seed-" + seed);
  }

  /** In the order in which they are run. */
  public List<Trial> trials() {
    return trials;
  }

  /** Runs what is missing of all rows. */
  public boolean run(StudyProgress progress, StopSignal stop)
      throws IOException, InterruptedException {
    return run(Set.copyOf(config.allRows()), progress, stop);
  }

  /**
   * Runs what is missing of some rows, and writes the tables anew after every trial.
   *
   * @return whether everything of these rows is done
   * @throws ConfigException naming the row whose settings cannot be read, before anything is run
   */
  public boolean run(Set<Row> rows, StudyProgress progress, StopSignal stop)
      throws IOException, InterruptedException {
    List<Trial> chosen = trials.stream().filter(trial -> rows.contains(trial.row())).toList();
    requireReadable(rows);
    new StudyFiles(folder).write(results()); // whatever its tables ask in vain is found out now
    for (int i = 0; i < chosen.size() && !stop.isRequested(); i++) {
      Trial trial = chosen.get(i);
      if (trial.found(data).map(Outcome::complete).orElse(false)) {
        continue;
      }
      progress.trial(trial, i + 1, chosen.size());
      Outcome outcome = trial.run(data, progress, stop);
      if (outcome.complete()) {
        progress.done(trial, outcome);
      }
      new StudyFiles(folder).write(results());
    }
    StudyResults results = results();
    new StudyFiles(folder).write(results);
    return results.complete(rows);
  }

  /**
   * Reads all recipes of some rows.
   *
   * @throws ConfigException naming the row and what is wrong with it
   */
  public void requireReadable(Set<Row> rows) throws IOException {
    for (Trial trial : trials) {
      if (rows.contains(trial.row())) {
        requireReadable(trial);
      }
    }
  }

  private void requireReadable(Trial trial) throws IOException {
    try {
      trial.requireReadable(data);
    } catch (ConfigException e) {
      throw new ConfigException("row '%s': %s".formatted(trial.row().name(), e.getMessage()), e);
    }
  }

  /** What is known by now. */
  public StudyResults results() throws IOException {
    List<StudyResults.Known> known = new ArrayList<>();
    for (Trial trial : trials) {
      Optional<Outcome> found = trial.found(data);
      found.ifPresent(outcome -> known.add(new StudyResults.Known(trial, outcome)));
    }
    return new StudyResults(
        config, known, trials.size(), data.train().classes().size(), data.test().size());
  }
}
