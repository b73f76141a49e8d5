package io.tubelet.run;

import io.tubelet.config.FineTuneConfig;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.dataset.ReadOptions;
import io.tubelet.report.StepReport;
import io.tubelet.report.StepSink;
import io.tubelet.report.Validation;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Trainings with labels that take a second, of the same clips and encoder as {@link SmallRun}.
 *
 * @param data its folder of clips
 */
record SmallFineTuning(Path data) {
  static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("model.clip.height", "32"),
          Map.entry("model.clip.width", "32"),
          Map.entry("model.encoder.width", "32"),
          Map.entry("data.workers", "2"),
          Map.entry("data.cache", "0"),
          Map.entry("optimizer.warmup-epochs", "0"),
          Map.entry("train.epochs", "2"),
          Map.entry("train.batch", "8"),
          Map.entry("train.log-every", "3"),
          Map.entry("train.keep-last", "100"),
          Map.entry("validation.views.short-side", "32"),
          Map.entry("validation.every-epochs", "1"));

  /** Whatever draws random numbers or keeps a memory. */
  static final String[] EVERYTHING_ON = {
    "model.drop-path", "0.2",
    "model.dropout", "0.3",
    "data.repeats", "2",
    "data.flip", "0.5",
    "supervision.rand-augment", "rand-m7-n4-mstd0.5-inc1",
    "supervision.erasing.probability", "0.5",
    "supervision.mix.mixup-alpha", "0.8",
    "supervision.mix.cutmix-alpha", "1",
    "supervision.mix.probability", "1",
    "supervision.mix.switch-probability", "0.5",
    "averaging", "0.9",
    "train.batch", "4",
    "train.accumulate", "2"
  };

  LabelledVideos training() throws IOException {
    return LabelledVideos.read(data.resolve("train.csv"), null, ReadOptions.TRAINING);
  }

  LabelledVideos validation() throws IOException {
    return LabelledVideos.read(data.resolve("val.csv"), training().classes(), ReadOptions.TESTING);
  }

  /** The demo's recipe made small, with some settings changed again: {@code key, value, ...}. */
  FineTunePlan plan(String... changes) throws IOException {
    return plan(training(), changes);
  }

  static FineTunePlan plan(LabelledVideos training, String... changes) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>(SETTINGS);
    for (int i = 0; i < changes.length; i += 2) {
      settings.put(changes[i], changes[i + 1]);
    }
    int classes = training.classes().size();
    return new FineTunePlan(
        FineTuneConfig.read("finetune-demo", settings, classes, Optional.empty()), training);
  }

  /** Trains from where the folder stands until the end or until the watchers stop it. */
  FineTuneResult run(FineTunePlan plan, Path folder, StopSignal stop, StepSink... watchers)
      throws IOException, InterruptedException {
    return run(plan, validation(), Optional.empty(), folder, stop, look -> {}, watchers);
  }

  static FineTuneResult run(
      FineTunePlan plan,
      LabelledVideos validation,
      Optional<Path> checkpoint,
      Path folder,
      StopSignal stop,
      Consumer<Validation> looks,
      StepSink... watchers)
      throws IOException, InterruptedException {
    try (FineTuneRun run =
        new FineTuneRun(
            plan,
            validation,
            checkpoint,
            folder,
            Start.RESUME_IF_THERE,
            List.of(watchers),
            looks)) {
      return run.run(stop);
    }
  }

  /** Hears of every update, before the validation that may follow. */
  static StepSink onStep(LongConsumer watcher) {
    return new StepSink() {
      @Override
      public void accept(StepReport report) {}

      @Override
      public void onStep(long step) {
        watcher.accept(step);
      }

      @Override
      public void close() {}
    };
  }
}
