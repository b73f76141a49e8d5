package io.tubelet.study;

import io.tubelet.study.Row.Beginning;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  /** One seed of all rows before the next: a study that is cut short still compares all rows. */
  private static List<Trial> trials(StudyConfig config, Path folder) {
    List<Trial> all = new ArrayList<>();
    List<Row> rows = config.allRows();
    Row first =
        rows.stream().filter(r -> r.beginning() == Beginning.PRETRAINED).findFirst().orElseThrow();
    for (long seed : config.seeds()) {
      Path architecture = place(folder, first, seed).resolve(Trial.PRETRAINING);
      for (Row row : rows) {
        all.add(new Trial(config, row, seed, place(folder, row, seed), architecture));
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

  /**
   * Runs what is missing, and writes the tables anew after every trial.
   *
   * @return whether everything is done
   */
  public boolean run(StudyProgress progress, StopSignal stop)
      throws IOException, InterruptedException {
    for (int i = 0; i < trials.size() && !stop.isRequested(); i++) {
      Trial trial = trials.get(i);
      if (trial.found(data).map(Outcome::complete).orElse(false)) {
        continue;
      }
      progress.trial(trial, i + 1, trials.size());
      Outcome outcome = trial.run(data, progress, stop);
      if (outcome.complete()) {
        progress.done(trial, outcome);
      }
      new StudyFiles(folder).write(results());
    }
    StudyResults results = results();
    new StudyFiles(folder).write(results);
    return results.complete();
  }

  /** What is known by now. */
  public StudyResults results() throws IOException {
    List<StudyResults.Known> known = new ArrayList<>();
    for (Trial trial : trials) {
      Optional<Outcome> found = trial.found(data);
      found.ifPresent(outcome -> known.add(new StudyResults.Known(trial, outcome)));
    }
    return new StudyResults(config, known, trials.size());
  }
}
