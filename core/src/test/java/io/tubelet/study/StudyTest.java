package io.tubelet.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.data.Manifest;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.dataset.ReadOptions;
import io.tubelet.probe.ProbeKind;
import io.tubelet.report.ProgressLine;
import io.tubelet.report.StepReport;
import io.tubelet.report.StepSink;
import io.tubelet.synthetic.MotionClips;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTest {
  private static final String SMALL =
      "{model.clip.frames: 8, model.clip.height: 32, model.clip.width: 32,"
          + " model.decoder.predicted-frames: 8, model.encoder.width: 32, model.encoder.depth: 1,"
          + " model.decoder.width: 32, model.decoder.depth: 1, data.cache: 0, train.epochs: 1,"
          + " optimizer.warmup-epochs: 0, train.log-every: 2, train.checkpoint-every: 2}";
  private static final String BRIEF =
      "{model.clip.frames: 8, model.clip.height: 32, model.clip.width: 32, model.encoder.width: 32,"
          + " model.encoder.depth: 1, data.cache: 0, train.epochs: 1, optimizer.warmup-epochs: 0,"
          + " train.log-every: 2, validation.every-epochs: 1, validation.views.short-side: 32}";

  @SuppressWarnings("NullAway.Init")
  private static StudyData data;

  @BeforeAll
  static void makeClips(@TempDir Path folder) throws IOException, InterruptedException {
    new MotionClips(100, 12, 32, 3).prepare(folder, done -> {});
    LabelledVideos train =
        LabelledVideos.read(folder.resolve("train.csv"), null, ReadOptions.TRAINING);
    data =
        new StudyData(
            Manifest.read(folder.resolve("pretrain.txt")),
            train,
            LabelledVideos.read(folder.resolve("val.csv"), train.classes(), ReadOptions.TESTING),
            LabelledVideos.read(folder.resolve("test.csv"), train.classes(), ReadOptions.TESTING));
  }

  private static StudyConfig study(String... changes) throws IOException {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "title", "a study",
                "pretraining.set", SMALL,
                "fine-tuning.set", BRIEF,
                "grid", "{model.decoder.depth: [1, 2]}",
                "probes", "[logistic]",
                "seeds", "[0, 1]"));
    for (int i = 0; i < changes.length; i += 2) {
      settings.put(changes[i], changes[i + 1]);
    }
    return StudyConfig.read("base/demo-study", settings);
  }

  @Test
  void run_toTheEnd_fillsTheTableAndDoesNothingTwice(@TempDir Path folder) throws Exception {
    Watcher first = new Watcher(Integer.MAX_VALUE, new StopSignal());
    boolean complete = new Study(study(), data, folder).run(first, first.stop());
    Watcher again = new Watcher(Integer.MAX_VALUE, new StopSignal());
    boolean still = new Study(study(), data, folder).run(again, again.stop());

    assertThat(complete).isTrue();
    assertThat(still).isTrue();
    assertThat(first.done()).hasSize(6);
    assertThat(again.done()).isEmpty();
    StudyResults results = new Study(study(), data, folder).results();
    Row deep = study().allRows().get(1);
    assertThat(results.of(deep, Measure.FINE_TUNED)).hasSize(2);
    assertThat(results.of(deep, Measure.PRETRAINING_MINUTES)).allMatch(minutes -> minutes > 0);
    assertThat(folder.resolve("report.html"))
        .content()
        .contains(
            "depth 2",
            "untrained encoder",
            "All 6 trials are done",
            "seed-1/pretraining/report.html");
    assertThat(Files.readAllLines(folder.resolve("study.csv"))).hasSize(7);
    assertThat(folder.resolve("study.json")).content().contains("\"done\" : 6");
  }

  @Test
  void run_stoppedInATraining_goesOnWhereItWas(@TempDir Path folder) throws Exception {
    StudyConfig config = study("seeds", "[0]", "probes", "[]");
    StopSignal stop = new StopSignal();
    boolean complete = new Study(config, data, folder).run(new Watcher(1, stop), stop);
    StudyResults halfway = new Study(config, data, folder).results();
    Watcher rest = new Watcher(Integer.MAX_VALUE, new StopSignal());
    boolean completeThen = new Study(config, data, folder).run(rest, rest.stop());

    assertThat(complete).isFalse();
    assertThat(halfway.done()).isZero();
    assertThat(folder.resolve("report.html")).content().contains("All 2 trials are done");
    assertThat(completeThen).isTrue();
  }

  /** Contrast in place of masks: the same probes and fine-tuning, and a control of its kind. */
  @Test
  void run_pretrainedByContrast_fillsTheSameTable(@TempDir Path folder) throws Exception {
    StudyConfig config =
        study(
            "pretraining.recipe",
            "moco-v3-demo",
            "pretraining.set",
            "{model.clip.height: 32, model.clip.width: 32, model.encoder.width: 32,"
                + " model.encoder.depth: 1, model.heads: {hidden: 32, output: 16}, data.cache: 0,"
                + " train.epochs: 2, train.batch: 16, optimizer.warmup-epochs: 0, train.log-every: 2}",
            "grid",
            "{contrast.temperature: [0.2]}",
            "seeds",
            "[0]");
    Watcher watcher = new Watcher(Integer.MAX_VALUE, new StopSignal());
    boolean complete = new Study(config, data, folder).run(watcher, watcher.stop());

    assertThat(complete).isTrue();
    StudyResults results = new Study(config, data, folder).results();
    Row contrast = config.allRows().get(0);
    assertThat(results.of(contrast, Measure.FINE_TUNED)).hasSize(1);
    assertThat(results.of(contrast, Measure.probe(ProbeKind.LOGISTIC))).hasSize(1);
    assertThat(results.of(contrast, Measure.LOSS)).hasSize(1);
    assertThat(watcher.done()).hasSize(2);
  }

  @Test
  void run_folderOfAnotherStudy_isRefused(@TempDir Path folder) throws Exception {
    StudyConfig config =
        study("seeds", "[0]", "probes", "[]", "grid", "{model.decoder.depth: [1]}");
    Watcher watcher = new Watcher(Integer.MAX_VALUE, new StopSignal());
    new Study(config, data, folder).run(watcher, watcher.stop());
    StudyConfig other =
        study(
            "seeds", "[0]", "probes", "[]", "grid", "{model.decoder.depth: [1]}", "mirror", "true");

    assertThatThrownBy(() -> new Study(other, data, folder).run(watcher, watcher.stop()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("of other settings or other videos");
  }

  /** What comes after it does not change a pre-training: one is enough for several rows. */
  @Test
  void run_rowsOfOnePretraining_trainItOnceAndDifferAfterwards(@TempDir Path folder)
      throws Exception {
    StudyConfig config =
        study(
            "seeds",
            "[0]",
            "probes",
            "[]",
            "grid",
            "{}",
            "rows",
            "{all: {}, half: {labels: 0.5}, scratch: {recipe: none}, dense: {model.mask-tokens:"
                + " encoder}, image: {model.clip.frames: 1, model.clip.tube: 1,"
                + " model.decoder.predicted-frames: 1, mask.kind: random}}");
    Watcher watcher = new Watcher(Integer.MAX_VALUE, new StopSignal());
    boolean complete = new Study(config, data, folder).run(watcher, watcher.stop());
    StudyResults results = new Study(config, data, folder).results();
    List<Row> rows = config.allRows();

    assertThat(complete).isTrue();
    assertThat(folder.resolve("all/seed-0/pretraining")).isDirectory();
    assertThat(folder.resolve("half/seed-0/pretraining")).doesNotExist();
    assertThat(folder.resolve("half/seed-0/fine-tuning")).isDirectory();
    assertThat(folder.resolve("scratch/seed-0/pretraining")).doesNotExist();
    assertThat(results.of(rows.get(1), Measure.LOSS))
        .isEqualTo(results.of(rows.get(0), Measure.LOSS))
        .isNotEmpty();
    assertThat(results.of(rows.get(0), Measure.LABELS))
        .containsExactly((double) data.train().size());
    assertThat(results.of(rows.get(1), Measure.LABELS).get(0))
        .isLessThan(results.of(rows.get(0), Measure.LABELS).get(0));
    assertThat(results.of(rows.get(3), Measure.WORK).get(0))
        .isGreaterThan(results.of(rows.get(0), Measure.WORK).get(0));
  }

  @Test
  void run_givenCheckpointAndChosenRows_takesItsWeightsAndLeavesTheOthers(@TempDir Path folder)
      throws Exception {
    StudyConfig first =
        study("seeds", "[0]", "probes", "[]", "grid", "{}", "rows", "{own: {}, other: {loss: l1}}");
    Watcher watcher = new Watcher(Integer.MAX_VALUE, new StopSignal());
    Row own = first.allRows().get(0);
    boolean complete =
        new Study(first, data, folder.resolve("a")).run(Set.of(own), watcher, watcher.stop());
    String run = folder.resolve("a/own/seed-0/pretraining").toString().replace('\\', '/');
    StudyConfig second =
        study(
            "seeds",
            "[0]",
            "probes",
            "[knn]",
            "grid",
            "{}",
            "rows",
            "{given: {checkpoint: '" + run + "'}, own: {}}");
    Row given = second.allRows().get(0);
    new Study(second, data, folder.resolve("b")).run(Set.of(given), watcher, watcher.stop());
    StudyResults results = new Study(second, data, folder.resolve("b")).results();

    assertThat(complete).isTrue();
    assertThat(folder.resolve("a/other")).doesNotExist();
    assertThat(folder.resolve("b/given/seed-0/pretraining")).doesNotExist();
    assertThat(results.of(given, Measure.FINE_TUNED))
        .isEqualTo(
            new Study(first, data, folder.resolve("a")).results().of(own, Measure.FINE_TUNED))
        .isNotEmpty();
    assertThat(results.done()).isEqualTo(1);
  }

  @Test
  void run_rowThatCannotBeRead_isNamedBeforeAnythingIsTrained(@TempDir Path folder)
      throws Exception {
    StudyConfig config = study("grid", "{}", "rows", "{good: {}, bad: {mask.rate: 0.5}}");
    Watcher watcher = new Watcher(Integer.MAX_VALUE, new StopSignal());

    assertThatThrownBy(() -> new Study(config, data, folder).run(watcher, watcher.stop()))
        .hasMessageContainingAll("row 'bad'", "mask.rate");
    assertThat(folder).isEmptyDirectory();
  }

  /** Asks for a stop at the given report. */
  private record Watcher(int reports, StopSignal stop, List<Outcome> done, int[] heard)
      implements StudyProgress {
    Watcher(int reports, StopSignal stop) {
      this(reports, stop, new ArrayList<>(), new int[1]);
    }

    @Override
    public void trial(Trial trial, int number, int count) {}

    @Override
    public StepSink training(String stage, ProgressLine line) {
      return new StepSink() {
        @Override
        public void accept(StepReport report) {
          if (++heard[0] >= reports) {
            stop.request();
          }
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void done(Trial trial, Outcome outcome) {
      done.add(outcome);
    }
  }
}
