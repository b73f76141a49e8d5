package io.tubelet.run;

import io.tubelet.config.PretrainConfig;
import io.tubelet.data.Manifest;
import io.tubelet.report.StepSink;
import io.tubelet.synthetic.MotionClips;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run that takes a second: few small clips, a narrow model, a handful of updates. */
final class SmallRun {
  private SmallRun() {}

  static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("model.clip.frames", "8"),
          Map.entry("model.clip.height", "32"),
          Map.entry("model.clip.width", "32"),
          Map.entry("model.decoder.predicted-frames", "8"),
          Map.entry("model.encoder.width", "32"),
          Map.entry("model.encoder.depth", "2"),
          Map.entry("model.decoder.width", "32"),
          Map.entry("model.decoder.depth", "1"),
          Map.entry("data.workers", "2"),
          Map.entry("data.cache", "0"),
          Map.entry("data.repeats", "1"),
          Map.entry("data.flip", "0.5"),
          Map.entry("optimizer.warmup-epochs", "1"),
          Map.entry("train.epochs", "2"),
          Map.entry("train.batch", "8"),
          Map.entry("train.log-every", "3"),
          Map.entry("train.checkpoint-every", "5"));

  /** Makes the clips in a folder and gives their training list. */
  static Path clips(Path folder) throws IOException, InterruptedException {
    new MotionClips(70, 12, 32, 3).prepare(folder, done -> {});
    return folder.resolve("train.csv");
  }

  /** The demo's recipe made small, with some settings changed again: {@code key, value, ...}. */
  static PretrainPlan plan(Path list, String... changes) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>(SETTINGS);
    for (int i = 0; i < changes.length; i += 2) {
      settings.put(changes[i], changes[i + 1]);
    }
    return new PretrainPlan(PretrainConfig.read("demo", settings), Manifest.read(list));
  }

  /** Trains from where the folder stands until the end or until the watchers stop it. */
  static RunResult run(PretrainPlan plan, Path folder, StopSignal stop, StepSink... watchers)
      throws IOException, InterruptedException {
    try (PretrainRun run =
        new PretrainRun(plan, folder, Start.RESUME_IF_THERE, List.of(watchers))) {
      return run.run(stop, plan.manifest());
    }
  }
}
