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
      description =
          "A folder, searched for videos; a list: one path a line, or 'path label'; or shards: a"
              + " folder of .tar files, or a pattern such as 'shards/0000??.tar'.")
  private Path data;

  @Mixin private RunOptions run;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PretrainConfig config = run.settings().read(run.recipe());
    Manifest manifest = Manifest.read(data).withShuffleBuffer(run.shuffleBuffer());
    PretrainPlan plan = new PretrainPlan(config, manifest);
    Path folder = run.folder();
    try (Company company = Company.join(spec)) {
      PrintWriter print = company.print();
      print.print(plan.describe(PretrainRun.startsFrom(folder)));
      print.flush();
      if (!run.isDryRun()) {
        pretrain(plan, folder, run.start(), manifest, company);
      }
    }
    return ExitCode.OK;
  }

  /** Runs a plan with progress and interruption; also what {@code demo} does. */
  static RunResult pretrain(
      PretrainPlan plan, Path folder, Start start, Manifest shown, Company company)
      throws Exception {
    PrintWriter print = company.print();
    try (Interruption interruption = new Interruption("the run is saved");
        ProgressDisplay progress =
            new ProgressDisplay("pretrain", plan.training().progressLine(), print);
        PretrainRun run = new PretrainRun(plan, folder, start, List.of(progress), company.ranks())) {
      RunResult result = run.run(interruption.signal(), shown);
      progress.close();
      print.println(result.describe()); // before a shutdown that waits for us goes on
      print.flush();
      return result;
    }
  }
}
