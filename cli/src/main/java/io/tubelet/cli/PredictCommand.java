package io.tubelet.cli;

import io.tubelet.data.ViewCount;
import io.tubelet.run.Predictor;
import io.tubelet.run.TrainedWeights;
import io.tubelet.tensor.Compute;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells the most probable classes of videos. */
@Command(
    name = "predict",
    description = "Tell the most probable classes of videos.",
    footer = {
      "",
      "Example:",
      "  tubelet predict --checkpoint runs/demo-finetuned clip.mp4 --top 5"
    })
final class PredictCommand implements Callable<Integer> {
  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "C",
      description =
          "A classifier: a run, a checkpoint, a .safetensors, .pth or Hugging Face folder.")
  private Path checkpoint;

  @Option(
      names = "--best",
      description = "Of a run, take the checkpoint that its validation found best, not the newest.")
  private boolean best;

  @Parameters(arity = "1..*", paramLabel = "VIDEO", description = "The videos.")
  private List<Path> videos;

  @Option(names = "--top", defaultValue = "5", description = "How many classes to tell.")
  private int top;

  @Option(
      names = "--views",
      defaultValue = "1x1",
      description = "Clips along time x crops (1 or 3) that are averaged.")
  private String views;

  @Mixin private OpeningOptions opening;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter print = spec.commandLine().getOut();
    ViewCount number = ViewCount.parse(views);
    try (TrainedWeights.Classifier classifier =
        TrainedWeights.classifier(
            best ? TrainedWeights.best(checkpoint) : checkpoint, Compute.CPU_FP32)) {
      Predictor predictor = new Predictor(classifier, opening.opener(), number);
      for (Path video : videos) {
        print.println(video);
        for (Predictor.Guess guess : predictor.predict(video, top)) {
          print.printf(Locale.ROOT, "  %5.1f %%  %s%n", 100 * guess.probability(), guess.name());
        }
        print.flush();
      }
    }
    return ExitCode.OK;
  }
}
