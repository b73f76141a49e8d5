package io.tubelet.cli;

import io.tubelet.data.Manifest;
import io.tubelet.run.PretrainRun;
import io.tubelet.run.Pretraining;
import io.tubelet.run.PretrainingRun;
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

/** Pre-trains an encoder on unlabelled video, as a masked autoencoder or by contrast. */
@Command(
    name = "pretrain",
    description =
        "Pre-train on unlabelled video: a masked autoencoder, or with a moco-v3 recipe an encoder"
            + " by contrast.",
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
    Manifest manifest = Manifest.read(data).withShuffleBuffer(run.shuffleBuffer());
    Pretraining plan = run.settings().pretraining(run.recipe(), manifest);
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
      Pretraining plan, Path folder, Start start, Manifest shown, Company company)
      throws Exception {
    PrintWriter print = company.print();
    try (Interruption interruption = new Interruption("the run is saved");
        ProgressDisplay progress =
            new ProgressDisplay("pretrain", plan.training().progressLine(), print);
        PretrainingRun run = plan.open(folder, start, List.of(progress), company.ranks())) {
      RunResult result = run.run(interruption.signal(), shown);
      progress.close();
      print.println(result.describe()); // before a shutdown that waits for us goes on
      print.flush();
      return result;
    }
  }
}
