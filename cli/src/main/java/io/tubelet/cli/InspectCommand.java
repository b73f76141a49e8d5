package io.tubelet.cli;

import io.tubelet.checkpoint.Inspection;
import io.tubelet.checkpoint.Provenance;
import io.tubelet.checkpoint.TensorInfo;
import io.tubelet.convert.FileContents;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what lies in a file of weights. */
@Command(
    name = "inspect",
    description = "List the tensors, metadata and provenance of a file of weights.",
    footer = {"", "Example:", "  tubelet inspect checkpoint-799.pth"})
final class InspectCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description =
          "A .safetensors, a .pth, .pyth or .pt, a checkpoint's or run's folder, a Hugging Face"
              + " folder.")
  private Path file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Inspection inspection = FileContents.of(file);
    inspection.files().forEach(contents -> print(contents, out));
    inspection.provenance().ifPresent(provenance -> print(provenance, out));
    inspection.progress().ifPresent(progress -> out.println("progress  " + progress));
    out.flush();
    return ExitCode.OK;
  }

  private static void print(Inspection.Contents contents, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: %d bytes, %d tensors, %d numbers%n",
        contents.file(),
        contents.bytes(),
        contents.tensors().size(),
        contents.elements());
    contents.metadata().forEach((key, value) -> out.printf("  %s: %s%n", key, value));
    int longest = contents.tensors().stream().mapToInt(t -> t.name().length()).max().orElse(1);
    for (TensorInfo tensor : contents.tensors()) {
      out.printf(
          Locale.ROOT,
          "  %-" + longest + "s  %-4s %s%n",
          tensor.name(),
          tensor.type(),
          tensor.shape());
    }
  }

  private static void print(Provenance provenance, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "provenance  step %d, %d clips, seed %d, loss %.6g, %s on %s, from %s, written %s%n",
        provenance.step(),
        provenance.clipsSeen(),
        provenance.seed(),
        provenance.loss(),
        provenance.precision(),
        provenance.device(),
        provenance.startedFrom(),
        provenance.writtenAt());
  }
}
