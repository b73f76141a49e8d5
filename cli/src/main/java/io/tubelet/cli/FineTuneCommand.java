package io.tubelet.cli;

import io.tubelet.config.Backbone;
import io.tubelet.config.FineTuneConfig;
import io.tubelet.data.BatchSpec;
import io.tubelet.data.Explanation;
import io.tubelet.data.Seeds;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.dataset.Overlap;
import io.tubelet.dataset.ReadOptions;
import io.tubelet.run.FineTunePlan;
import io.tubelet.run.FineTuneResult;
import io.tubelet.run.FineTuneRun;
import io.tubelet.run.Start;
import io.tubelet.run.TrainedWeights;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a classifier, from pre-trained weights or from scratch. */
@Command(
    name = "finetune",
    description = "Train a classifier with labels, from pre-trained weights or from scratch.",
    footer = {
      "",
      "Examples:",
      "  tubelet finetune --checkpoint runs/demo --train runs/demo-data/train.csv \\",
      "      --val runs/demo-data/val.csv --classes runs/demo-data/classes.txt \\",
      "      --recipe finetune-demo --out runs/demo-finetuned",
      "  tubelet finetune --from-scratch --train train.csv --val val.csv --recipe mine.yaml"
    })
final class FineTuneCommand implements Callable<Integer> {
  private static final int MOST_WARNINGS = 20;

  @ArgGroup(multiplicity = "1")
  private Beginning beginning = new Beginning();

  /** Where the first weights come from. */
  static final class Beginning {
    @Option(
        names = "--checkpoint",
        required = true,
        paramLabel = "C",
        description =
            "Pre-trained weights: a run, a checkpoint, a .safetensors, .pth, or Hugging Face folder.")
    private @Nullable Path checkpoint;

    @Option(names = "--from-scratch", required = true, description = "Begin with fresh weights.")
    private boolean fromScratch;
  }

  @Option(
      names = "--train",
      required = true,
      paramLabel = "LIST",
      description = "Videos to learn from: a list of 'path label', or a data set's own layout.")
  private Path train;

  @Option(
      names = "--val",
      required = true,
      paramLabel = "LIST",
      description = "Videos to look at meanwhile; they choose the best checkpoint.")
  private Path val;

  @Mixin private DataSetOptions dataSet;

  @Mixin private RunOptions run;

  @Option(
      names = "--explain",
      description = "Print which frames and boxes the first training video gives, and stop.")
  private boolean explain;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    try (Company company = Company.join(spec)) {
      return finetune(company);
    }
  }

  private int finetune(Company company) throws Exception {
    PrintWriter print = company.print();
    LabelledVideos training =
        dataSet
            .read(train, dataSet.classes(), ReadOptions.TRAINING)
            .withShuffleBuffer(run.shuffleBuffer());
    LabelledVideos validation = dataSet.read(val, training.classes(), ReadOptions.TESTING);
    Optional<Path> checkpoint = Optional.ofNullable(beginning.checkpoint);
    FineTuneConfig config =
        run.settings().fineTuning(run.recipe(), training.classes().size(), backbone());
    FineTunePlan plan = new FineTunePlan(config, training);
    Path folder = run.folder();
    if (explain) {
      print.print(explanation(config, training));
      print.flush();
      return ExitCode.OK;
    }
    if (company.ranks().isFirst()) {
      warnOfOverlap(Overlap.warnings(training.manifest(), validation.manifest()));
    }
    print.print(plan.describe(FineTuneRun.startsFrom(folder, checkpoint)));
    print.flush();
    if (run.isDryRun()) {
      return ExitCode.OK;
    }
    Start start = run.start();
    try (Interruption interruption = new Interruption("the run is saved");
        ProgressDisplay progress =
            new ProgressDisplay("finetune", plan.training().progressLine(), print);
        FineTuneRun sitting =
            new FineTuneRun(
                plan,
                validation,
                checkpoint,
                folder,
                start,
                List.of(progress),
                progress,
                company.ranks())) {
      FineTuneResult result = sitting.run(interruption.signal());
      progress.close();
      print.println(result.describe());
      print.flush();
    }
    return ExitCode.OK;
  }

  private void warnOfOverlap(List<String> warnings) {
    PrintWriter err = spec.commandLine().getErr();
    warnings.stream().limit(MOST_WARNINGS).forEach(warning -> err.println("tubelet: " + warning));
    if (warnings.size() > MOST_WARNINGS) {
      err.printf("tubelet: ... and %d more%n", warnings.size() - MOST_WARNINGS);
    }
    err.flush();
  }

  private Optional<Backbone> backbone() throws IOException {
    return beginning.checkpoint == null
        ? Optional.empty()
        : Optional.of(TrainedWeights.backbone(beginning.checkpoint));
  }

  private static String explanation(FineTuneConfig config, LabelledVideos training)
      throws IOException {
    Path first = training.manifest().entries().get(0).file();
    return Explanation.ofTraining(
            config.data().opener(),
            first,
            config.data(),
            BatchSpec.whole(
                config.train().batch(), config.model().clip(), config.supervision().randAugment()),
            new Seeds(config.seed()))
        + Explanation.ofViews(
            config.data().opener(), first, config.validation().views(), config.model().clip());
  }
}
