package io.tubelet.cli;

import io.tubelet.config.PretrainConfig;
import io.tubelet.data.Manifest;
import io.tubelet.run.PretrainPlan;
import io.tubelet.run.PretrainRun;
import io.tubelet.run.RunResult;
import io.tubelet.run.Start;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Pre-trains a masked autoencoder on unlabelled video. */
@Command(
    name = "pretrain",
    description = "Pre-train a masked autoencoder on unlabelled video.",
    footer = {
      "",
      "Examples:",
      "  tubelet pretrain --data videos/ --recipe jhmdb-ti --out runs/mine",
      "  tubelet pretrain --data train.csv --recipe mine.yaml --set train.epochs=100 --dry-run",
      "  tubelet pretrain --data videos/ --recipe jhmdb-ti --out runs/mine --resume"
    })
final class PretrainCommand implements Callable<Integer> {

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR_OR_LIST",
      description = "A folder, searched for videos, or a list: one path a line, or 'path label'.")
  private Path data;

  @Option(
      names = "--recipe",
      required = true,
      paramLabel = "NAME_OR_FILE",
      description = "A shipped recipe by name, or a YAML file. 'tubelet recipes' lists them.")
  private String recipe;

  @Mixin private RecipeOptions settings;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where checkpoints, logs and the report go (default: runs/RECIPE).")
  private @Nullable Path out;

  @Option(names = "--resume", description = "Go on where the run in --out was stopped.")
  private boolean resume;

  @Option(names = "--dry-run", description = "Print the plan and stop.")
  private boolean dryRun;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PretrainConfig config = settings.read(recipe);
    Manifest manifest = Manifest.read(data);
    PretrainPlan plan = new PretrainPlan(config, manifest);
    Path folder = out == null ? Path.of("runs", RecipeOptions.runName(recipe)) : out;
    PrintWriter print = spec.commandLine().getOut();
    print.print(plan.describe(PretrainRun.startsFrom(folder)));
    print.flush();
    if (dryRun) {
      return ExitCode.OK;
    }
    pretrain(plan, folder, resume ? Start.RESUME : Start.FRESH, manifest, print);
    return ExitCode.OK;
  }

  /** Runs a plan with progress and interruption; also what {@code demo} does. */
  static RunResult pretrain(
      PretrainPlan plan, Path folder, Start start, Manifest shown, PrintWriter print)
      throws Exception {
    try (Interruption interruption = new Interruption();
        ProgressDisplay progress =
            new ProgressDisplay("pretrain", plan.training().progressLine(), print);
        PretrainRun run = new PretrainRun(plan, folder, start, List.of(progress))) {
      RunResult result = run.run(interruption.signal(), shown);
      progress.close();
      print.println(result.describe()); // before a shutdown that waits for us goes on
      print.flush();
      return result;
    }
  }
}
