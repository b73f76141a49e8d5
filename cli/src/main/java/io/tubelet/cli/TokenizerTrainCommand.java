package io.tubelet.cli;

import io.tubelet.config.TokenizerConfig;
import io.tubelet.data.Manifest;
import io.tubelet.run.PretrainRun;
import io.tubelet.run.Start;
import io.tubelet.run.TokenizerPlan;
import io.tubelet.run.TokenizerResult;
import io.tubelet.run.TokenizerRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a tokenizer on frames of videos. */
@Command(
    name = "train",
    description =
        "Train a discrete variational autoencoder on frames of your videos: a tokenizer for"
            + " 'target: {kind: tokens, ...}'.",
    footer = {
      "",
      "Examples:",
      "  tubelet tokenizer train --data videos/ --out runs/tokenizer",
      "  tubelet tokenizer train --data train.csv --set model.vocabulary=512 --out runs/tokenizer",
      "  tubelet tokenizer train --data videos/ --out runs/tokenizer --resume"
    })
final class TokenizerTrainCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR_OR_LIST",
      description = "Videos: a folder, a list, or shards.")
  private Path data;

  @Option(
      names = "--recipe",
      defaultValue = "tokenizers/small",
      paramLabel = "NAME_OR_FILE",
      description = "A shipped recipe by name, or a YAML file.")
  private String recipe;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change a setting of the recipe, e.g. --set train.updates=500; repeatable.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where checkpoints, logs, the picture and the report go.")
  private Path out;

  @Option(names = "--resume", description = "Go on where the run in --out was stopped.")
  private boolean resume;

  @Option(names = "--dry-run", description = "Print the plan and stop.")
  private boolean dryRun;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter print = spec.commandLine().getOut();
    TokenizerPlan plan =
        new TokenizerPlan(TokenizerConfig.read(recipe, overrides), Manifest.read(data));
    print.print(plan.describe(PretrainRun.startsFrom(out)));
    print.flush();
    if (dryRun) {
      return ExitCode.OK;
    }
    try (Interruption interruption = new Interruption("the run is saved");
        ProgressDisplay progress =
            new ProgressDisplay("tokenizer", plan.training().progressLine(), print);
        TokenizerRun run =
            new TokenizerRun(plan, out, resume ? Start.RESUME : Start.FRESH, List.of(progress))) {
      TokenizerResult result = run.run(interruption.signal());
      progress.close();
      print.println(result.describe()); // before a shutdown that waits for us goes on
      print.flush();
      return result.failed() ? ExitCode.NOT_LEARNT : ExitCode.OK;
    }
  }
}
