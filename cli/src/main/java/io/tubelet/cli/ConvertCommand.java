package io.tubelet.cli;

import static io.tubelet.cli.Words.optional;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.convert.Converter;
import io.tubelet.convert.Expectation;
import io.tubelet.convert.ForeignWeights;
import io.tubelet.convert.Format;
import io.tubelet.convert.Stated;
import io.tubelet.convert.StrictLoading;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Carries weights from one program's files to another's, and to models of other sizes. */
@Command(
    name = "convert",
    description = {
      "Carry weights from one program's files to another's; no number changes.",
      "With --to-frames, --to-picture, --to-tube, --new-head or --fresh they are made to fit another"
          + " model, and everything done to them is printed."
    },
    footer = {
      "",
      "Examples:",
      "  tubelet convert mae_pretrain_vit_large.pth vit-l.safetensors --to tubelet",
      "  tubelet convert runs/demo hugging-face-folder --to huggingface",
      "  tubelet convert finetuned.pth k400.safetensors --to tubelet --frames 16 --picture 224",
      "  tubelet convert mae-image.pth video.safetensors --to tubelet --to-frames 16 --to-tube 2"
          + " --new-head 400",
      "",
      "docs/checkpoints.md lists what is read and what is refused."
    })
final class ConvertCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "IN",
      description =
          "A .pth, .pyth, .pt or .safetensors, a run, a checkpoint, a Hugging Face folder.")
  private Path in;

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description = "The file to write, for huggingface the folder; must not be there yet.")
  private Path out;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "F",
      description = "tubelet, huggingface, videomae or mae-st.")
  private Format to;

  @Option(
      names = "--heads",
      paramLabel = "N",
      description = "What IN may not say: heads of the encoder's attention.")
  private @Nullable Integer heads;

  @Option(names = "--decoder-heads", paramLabel = "N", description = "Of the decoder's attention.")
  private @Nullable Integer decoderHeads;

  @Option(names = "--frames", paramLabel = "N", description = "Frames of IN's clips.")
  private @Nullable Integer frames;

  @Option(names = "--picture", paramLabel = "N", description = "Side of IN's pictures in pixels.")
  private @Nullable Integer picture;

  @Option(
      names = "--ignore",
      split = ",",
      paramLabel = "NAME",
      description = "Tensors of IN that may be left out; NAME* for all that begin so.")
  private List<String> ignored = List.of();

  @Mixin private AdaptationOptions adaptation;

  @Option(
      names = "--expect",
      paramLabel = "FILE",
      description =
          "Afterwards run OUT on the inputs in this safetensors file and compare with the outputs"
              + " in it.")
  private @Nullable Path expect;

  @Option(
      names = "--tolerance",
      defaultValue = "1e-5",
      paramLabel = "T",
      description = "Largest error of --expect, times the largest expected value where above 1.")
  private double tolerance;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter print = spec.commandLine().getOut();
    try (TensorScope scope = new TensorScope();
        ForeignWeights weights = ForeignWeights.open(in, stated())) {
      print.printf(
          Locale.ROOT,
          "%s: %s, %d tensors%n",
          weights.file(),
          weights.config().names(),
          weights.tensors().size());
      weights.notes().forEach(note -> print.println("  " + note));
      weights.ignored().forEach(name -> print.println("  left out: " + name));
      Converter.write(adaptation.isAsked() ? adapted(weights, print) : weights, to, out);
      print.println("wrote " + out);
    }
    int exit = expect == null ? ExitCode.OK : compare(expect, print);
    print.flush();
    return exit;
  }

  private ForeignWeights adapted(ForeignWeights weights, PrintWriter print)
      throws CheckpointException {
    StrictLoading.Fitted fitted = adaptation.fit(weights);
    fitted.report().lines().forEach(line -> print.println("  " + line));
    return fitted.weights();
  }

  private int compare(Path expected, PrintWriter print) throws IOException {
    boolean all = true;
    try (TensorScope scope = new TensorScope();
        ForeignWeights written = ForeignWeights.open(out)) {
      for (Expectation.Comparison one : Expectation.compare(written, expected)) {
        boolean within = one.within(tolerance);
        all &= within;
        print.printf(
            Locale.ROOT,
            "%s: largest error %.2e at scale %.3g, %s %.0e%n",
            one.output(),
            one.error(),
            one.scale(),
            within ? "within" : "ABOVE",
            tolerance);
      }
    }
    return all ? ExitCode.OK : ExitCode.FAILURE;
  }

  private Stated stated() {
    return new Stated(
        optional(heads),
        optional(decoderHeads),
        optional(frames),
        optional(picture),
        ignored,
        adaptation.fresh());
  }
}
