package io.tubelet.cli;

import io.tubelet.checkpoint.ModelFile;
import io.tubelet.config.PretrainConfig;
import io.tubelet.data.Manifest;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.run.PretrainPlan;
import io.tubelet.run.PretrainRun;
import io.tubelet.run.ReconstructionFiles;
import io.tubelet.run.Reconstructor;
import io.tubelet.run.RunResult;
import io.tubelet.run.Start;
import io.tubelet.synthetic.MotionClips;
import io.tubelet.tensor.Placement;
import io.tubelet.video.Videos;
import io.tubelet.visual.Denormalisation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The main job on data of our own making, from nothing to a report, within minutes. */
@Command(
    name = "demo",
    description =
        "Make the embedded clips of moving shapes, pre-train on them, reconstruct, and report."
            + " Run again, it goes on where it was stopped.")
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs/demo",
      description = "Where checkpoints, logs, pictures and the report go.")
  private Path out;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "runs/demo-data",
      description = "Where the clips are made, or found when they are there already.")
  private Path data;

  @Option(
      names = "--clips",
      paramLabel = "N",
      defaultValue = "400",
      description = "How many clips to make; another number needs another --data.")
  private int clips;

  @Mixin private RecipeOptions settings;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter print = spec.commandLine().getOut();
    makeClips(print);
    PretrainConfig config = settings.read("demo");
    Manifest training = Manifest.read(data.resolve("train.csv"));
    Manifest unseen = Manifest.read(data.resolve("val.csv"));
    PretrainPlan plan = new PretrainPlan(config, training);
    print.print(plan.describe(PretrainRun.startsFrom(out)));
    print.flush();

    RunResult result =
        PretrainCommand.pretrain(plan, out, Start.RESUME_IF_THERE, unseen, Company.alone(print));
    if (result.finished()) {
      reconstruct(unseen.entries().get(0).file(), print);
    }
    print.flush();
    return !result.finished() || result.verdict().learnt() ? ExitCode.OK : ExitCode.NOT_LEARNT;
  }

  private void makeClips(PrintWriter print) throws IOException, InterruptedException {
    MotionClips set = MotionClips.DEFAULT.withClips(clips);
    print.printf("Clips: %d of %d motions in %s%n", set.clips(), MotionClips.CLASSES.size(), data);
    print.flush();
    set.prepare(
        data,
        done -> {
          if (done == set.clips()) {
            print.println("Clips: made");
            print.flush();
          }
        });
  }

  /** What the model makes of a clip it has never seen. */
  private void reconstruct(Path video, PrintWriter print) throws IOException {
    Path folder = out.resolve("pictures");
    try (ModelFile file = ModelFile.open(out);
        MaskedAutoencoder model = Reconstructor.model(file)) {
      Reconstructor reconstructor =
          new Reconstructor(Reconstructor.configuration(file), model, Placement.CPU);
      new ReconstructionFiles(folder)
          .write(
              reconstructor,
              reconstructor.centreClip(Videos::open, video),
              reconstructor.ratios(),
              List.of(Denormalisation.values()),
              0);
    }
    print.println("Pictures: " + folder);
  }
}
