package io.tubelet.cli;

import io.tubelet.data.Manifest;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.dataset.ReadOptions;
import io.tubelet.report.ProgressLine;
import io.tubelet.report.StepSink;
import io.tubelet.study.Outcome;
import io.tubelet.study.Row;
import io.tubelet.study.Study;
import io.tubelet.study.StudyConfig;
import io.tubelet.study.StudyData;
import io.tubelet.study.StudyFiles;
import io.tubelet.study.StudyProgress;
import io.tubelet.study.TableConfig;
import io.tubelet.study.Trial;
import io.tubelet.train.StopSignal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a study: the same training with one thing changed at a time. */
@Command(
    name = "ablate",
    description = "Compare settings: pre-train, probe and fine-tune each, over several seeds.",
    footer = {
      "",
      "Interrupted or out of budget, the same command goes on where it was.",
      "",
      "Example:",
      "  tubelet ablate --study studies/masks --data runs/demo-data/pretrain.txt \\",
      "      --train runs/demo-data/train.csv --val runs/demo-data/val.csv \\",
      "      --test runs/demo-data/test.csv --budget 90m --out runs/masks"
    })
final class AblateCommand implements Callable<Integer> {
  @Option(
      names = "--study",
      required = true,
      paramLabel = "NAME_OR_FILE",
      description = "A shipped study such as studies/masks, or a YAML file.")
  private String study;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change a setting of the study, e.g. --set seeds=[0,1]; repeatable.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR_OR_LIST",
      description = "Videos to pre-train on.")
  private Path data;

  @Option(
      names = "--train",
      required = true,
      paramLabel = "LIST",
      description = "Labelled videos to learn from.")
  private Path train;

  @Option(
      names = "--val",
      required = true,
      paramLabel = "LIST",
      description = "Labelled videos by which probes choose their setting.")
  private Path val;

  @Option(
      names = "--test",
      required = true,
      paramLabel = "LIST",
      description = "Labelled videos that judge.")
  private Path test;

  @Mixin private DataSetOptions dataSet;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description = "Stop after so long, such as 90m or 2h, as if interrupted.")
  private @Nullable Duration budget;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where trials and tables go (default: runs/STUDY).")
  private @Nullable Path out;

  @Option(
      names = "--row",
      paramLabel = "NAME",
      description = "Only this row of the study; repeatable. The others stay as they are.")
  private List<String> rows = new ArrayList<>();

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "Only the rows of this table; repeatable.")
  private List<String> tables = new ArrayList<>();

  @Option(names = "--dry-run", description = "Check and print the trials, and stop.")
  private boolean dryRun;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter print = spec.commandLine().getOut();
    StudyConfig config = StudyConfig.read(study, overrides);
    LabelledVideos training = dataSet.read(train, dataSet.classes(), ReadOptions.TRAINING);
    StudyData videos =
        new StudyData(
            Manifest.read(data),
            training,
            dataSet.read(val, training.classes(), ReadOptions.TESTING),
            dataSet.read(test, training.classes(), ReadOptions.TESTING));
    Study trials = new Study(config, videos, folder());
    print.printf(
        "%s%n%s%n%d rows x %d seeds = %d trials%n",
        config.title(),
        config.about(),
        config.allRows().size(),
        config.seeds().size(),
        trials.trials().size());
    print.flush();
    Set<Row> chosen = chosen(config);
    if (dryRun) {
      trials.requireReadable(chosen);
      chosen.forEach(row -> print.printf("  %s%n", row.name()));
      print.flush();
      return ExitCode.OK;
    }
    try (Interruption interruption = new Interruption("the trial is saved");
        Deadline deadline = new Deadline(budget, interruption.signal())) {
      boolean complete = trials.run(chosen, new Display(print), interruption.signal());
      print.printf(
          "%s%nReport: %s%n",
          complete
              ? chosen.size() == config.allRows().size()
                  ? "All trials are done."
                  : "All trials of these rows are done."
              : deadline.passed()
                  ? "The budget is spent; the same command goes on from here."
                  : "Stopped; the same command goes on from here.",
          new StudyFiles(folder()).page());
      print.flush();
    }
    return ExitCode.OK;
  }

  /** All rows, or those that were asked for. */
  private Set<Row> chosen(StudyConfig config) {
    List<Row> all = config.allRows();
    if (rows.isEmpty() && tables.isEmpty()) {
      return new LinkedHashSet<>(all);
    }
    Set<Row> chosen = new LinkedHashSet<>();
    for (String name : tables) {
      TableConfig table = config.tables().get(name);
      if (table == null) {
        throw new IllegalArgumentException(
            "--table: no table '%s' in %s; there are %s"
                .formatted(name, study, config.tables().keySet()));
      }
      chosen.addAll(config.rowsOf(table));
    }
    for (String name : rows) {
      chosen.add(
          all.stream()
              .filter(row -> row.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "--row: no row '%s' in %s; there are %s"
                              .formatted(name, study, all.stream().map(Row::name).toList()))));
    }
    return chosen;
  }

  private Path folder() {
    if (out != null) {
      return out;
    }
    String name = String.valueOf(Path.of(study).getFileName());
    return Path.of("runs", name.replaceFirst("\\.yaml$", ""));
  }

  /** Asks for a stop when the time is over. */
  private static final class Deadline implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean passed;

    Deadline(@Nullable Duration budget, StopSignal stop) {
      if (budget != null) {
        Thread clock = new Thread(() -> watch(budget, stop), "tubelet-budget");
        clock.setDaemon(true);
        clock.start();
      }
    }

    private void watch(Duration budget, StopSignal stop) {
      try {
        if (!closed.await(budget.toMillis(), TimeUnit.MILLISECONDS)) {
          passed = true;
          stop.request();
        }
      } catch (InterruptedException nobodyDoes) {
        Thread.currentThread().interrupt();
      }
    }

    boolean passed() {
      return passed;
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  /** Tells which trial is going on and how its trainings go. */
  private record Display(PrintWriter print) implements StudyProgress {
    @Override
    public void trial(Trial trial, int number, int count) {
      print.printf("--- %d of %d: %s, seed %d%n", number, count, trial.row().name(), trial.seed());
      print.flush();
    }

    @Override
    public StepSink training(String stage, ProgressLine line) {
      print.println("    " + stage);
      print.flush();
      return new ProgressDisplay(stage, line, print);
    }

    @Override
    public void done(Trial trial, Outcome outcome) {
      outcome.measures().forEach((name, value) -> print.printf("    %-24s %.3f%n", name, value));
      print.flush();
    }
  }
}
