package io.tubelet.cli;

import io.tubelet.checkpoint.ModelFile;
import io.tubelet.clip.Frames;
import io.tubelet.config.PretrainedConfig;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.run.ReconstructionFiles;
import io.tubelet.run.Reconstructor;
import io.tubelet.tensor.Placement;
import io.tubelet.visual.Denormalisation;
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

/** Hides parts of a video and shows what a pre-trained model puts there. */
@Command(
    name = "reconstruct",
    description = "Hide parts of a video and show what a pre-trained model puts there.",
    footer = {
      "",
      "Example:",
      "  tubelet reconstruct --checkpoint runs/demo --video clip.mp4 --out pictures/"
    })
final class ReconstructCommand implements Callable<Integer> {
  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "C",
      description =
          "A run's folder (its newest checkpoint), a checkpoint's folder, or a model.safetensors.")
  private Path checkpoint;

  @Option(
      names = "--video",
      required = true,
      paramLabel = "V",
      description = "The video; the clip in its middle is taken.")
  private Path video;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "O",
      description = "The folder for PNG strips, MP4 and GIF.")
  private Path out;

  @Option(
      names = "--ratio",
      split = ",",
      description = "Shares of tokens to hide (default: 0.75,0.9,0.95 and the one trained with).")
  private @Nullable List<Double> ratios;

  @Option(
      names = "--mode",
      split = ",",
      description = "How to show predictions: ${COMPLETION-CANDIDATES} (default: all).")
  private List<Denormalisation> modes = List.of(Denormalisation.values());

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "The same seed hides the same tokens.")
  private long seed;

  @Mixin private OpeningOptions opening;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter print = spec.commandLine().getOut();
    try (ModelFile file = ModelFile.open(checkpoint);
        MaskedAutoencoder model = Reconstructor.model(file)) {
      PretrainedConfig config = Reconstructor.configuration(file);
      Reconstructor reconstructor = new Reconstructor(config, model, Placement.CPU);
      Frames clip = reconstructor.centreClip(opening.opener(), video);
      new ReconstructionFiles(out)
          .write(reconstructor, clip, ratios == null ? reconstructor.ratios() : ratios, modes, seed)
          .forEach(print::println);
    }
    print.flush();
    return ExitCode.OK;
  }
}
