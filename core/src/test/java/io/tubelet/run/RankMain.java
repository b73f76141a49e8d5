package io.tubelet.run;

import io.tubelet.distributed.Ranks;
import io.tubelet.distributed.World;
import io.tubelet.evaluate.Evaluation;
import io.tubelet.machine.NativeEnvironment;
import io.tubelet.train.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A process of a small distributed training: {@code kind rank size port timeout data folder setting
 * value ...}.
 */
final class RankMain {
  private RankMain() {}

  public static void main(String[] args) throws Exception {
    NativeEnvironment.prepare();
    int rank = Integer.parseInt(args[1]);
    int size = Integer.parseInt(args[2]);
    World world =
        new World(
            rank,
            size,
            rank,
            size,
            "127.0.0.1",
            Integer.parseInt(args[3]),
            Duration.ofSeconds(Integer.parseInt(args[4])));
    Path data = Path.of(args[5]);
    Path folder = Path.of(args[6]);
    String[] changes = Arrays.copyOfRange(args, 8, args.length);
    long stopAfter = Long.parseLong(args[7]);
    StopSignal stop = new StopSignal();
    // Only the last rank is told to stop: the others must hear of it.
    var watcher =
        SmallFineTuning.onStep(
            step -> {
              System.out.println("step " + step);
              if (rank == size - 1 && step == stopAfter) {
                stop.request();
              }
            });
    try (Ranks ranks = Ranks.join(Optional.of(world))) {
      switch (args[0]) {
        case "pretrain" -> {
          PretrainPlan plan = SmallRun.plan(data.resolve("list.txt"), changes);
          try (PretrainRun run =
              new PretrainRun(plan, folder, Start.RESUME_IF_THERE, List.of(watcher), ranks)) {
            run.run(stop, plan.manifest());
          }
        }
        case "finetune" -> {
          SmallFineTuning small = new SmallFineTuning(data);
          try (FineTuneRun run =
              new FineTuneRun(
                  small.plan(changes),
                  small.validation(),
                  Optional.empty(),
                  folder,
                  Start.RESUME_IF_THERE,
                  List.of(watcher),
                  look -> {},
                  ranks)) {
            run.run(stop);
          }
        }
        case "evaluate" -> {
          Evaluation evaluation = SmallEvaluation.of(data, ranks);
          if (ranks.isFirst()) {
            Files.createDirectories(folder);
            Files.write(folder.resolve("evaluation.txt"), SmallEvaluation.lines(evaluation));
          }
        }
        case "features" -> {
          Files.createDirectories(folder);
          SmallFeatures.keep(folder.resolve("features.safetensors"), ranks);
        }
        default -> throw new IllegalArgumentException(args[0]);
      }
    }
  }
}
