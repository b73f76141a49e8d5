package io.tubelet.cli;

import io.tubelet.machine.Libraries;
import io.tubelet.machine.Machine;
import io.tubelet.measure.BenchSettings;
import io.tubelet.measure.Decoding;
import io.tubelet.measure.Encoding;
import io.tubelet.measure.Family;
import io.tubelet.measure.StepBench;
import io.tubelet.measure.StepCase;
import io.tubelet.measure.StepFiles;
import io.tubelet.measure.StepResult;
import io.tubelet.measure.StepResults;
import io.tubelet.measure.StepTable;
import io.tubelet.model.VitSize;
import io.tubelet.tensor.Precision;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Time, rate and memory of an update of pre-training. */
@Command(
    name = "step",
    description =
        "Measure updates of pre-training on random bytes: time, achieved rate, memory, and where"
            + " the time goes. Options with several values, separated by commas, are combined.",
    footer = {
      "",
      "Examples:",
      "  tubelet bench step --model vit-b --batch 2 --precision fp32,bf16",
      "  tubelet bench step --model vit-l --family mae-st --sparse --dense",
      "  tubelet bench step --model vit-b --decoder full,dual,cross,dual-cross",
      "  tubelet bench step --model vit-s --decoder-depth 1,2,4,8 --profile step-trace.json"
    })
final class StepBenchCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      split = ",",
      defaultValue = "vit-b",
      paramLabel = "SIZE",
      description = "Encoders: vit-ti, vit-s, vit-b, vit-l, vit-h.")
  private List<VitSize> models;

  @Option(
      names = "--family",
      split = ",",
      defaultValue = "videomae",
      paramLabel = "PAPER",
      description = "Whose decoder, mask, target and optimizer: videomae, mae-st.")
  private List<Family> families;

  @Option(
      names = "--batch",
      split = ",",
      defaultValue = "2",
      paramLabel = "N",
      description = "Clips of an update.")
  private List<Integer> batches;

  @Option(
      names = "--precision",
      split = ",",
      defaultValue = "fp32",
      paramLabel = "P",
      description = "Of the large products: fp32, bf16.")
  private List<Precision> precisions;

  @Option(
      names = "--encoder",
      split = ",",
      paramLabel = "WHAT",
      description =
          "What the encoder is given: sparse, the visible tokens (default); dense, all of them.")
  private @Nullable List<Encoding> encoders;

  @Option(names = "--sparse", description = "Short for --encoder sparse.")
  private boolean sparse;

  @Option(names = "--dense", description = "Short for --encoder dense; both may be given.")
  private boolean dense;

  @Option(
      names = "--decoder",
      split = ",",
      defaultValue = "full",
      paramLabel = "WHAT",
      description =
          "What the decoder computes: full, the papers'; dual, half of the hidden tokens; cross,"
              + " attention to visible tokens alone; dual-cross, both.")
  private List<Decoding> decoders;

  @Option(
      names = "--decoder-depth",
      split = ",",
      defaultValue = "4",
      paramLabel = "N",
      description = "Blocks of the decoder.")
  private List<Integer> decoderDepths;

  @Option(
      names = "--decoder-width",
      split = ",",
      defaultValue = "0",
      paramLabel = "N",
      description = "Channels of the decoder's tokens; 0: the paper's.")
  private List<Integer> decoderWidths;

  @Option(
      names = "--mask-ratio",
      split = ",",
      defaultValue = "0.9",
      paramLabel = "R",
      description = "Share of hidden tokens.")
  private List<Double> maskRatios;

  @Option(
      names = "--frames",
      split = ",",
      defaultValue = "16",
      paramLabel = "N",
      description = "Frames of a clip.")
  private List<Integer> frames;

  @Option(
      names = "--size",
      split = ",",
      defaultValue = "224",
      paramLabel = "N",
      description = "Side of the picture in pixels.")
  private List<Integer> sizes;

  @Option(
      names = "--replicas",
      defaultValue = "0",
      paramLabel = "N",
      description = "Replicas that share a batch; 0: as a training run would choose.")
  private int replicas;

  @Mixin private BenchOptions bench;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description =
          "Also write the phases of one update of each case as a trace for ui.perfetto.dev or"
              + " chrome://tracing.")
  private @Nullable Path profile;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<StepCase> cases = cases();
    BenchSettings settings = settings();
    PrintWriter print = spec.commandLine().getOut();
    StepFiles files = new StepFiles(bench.out(), profile);
    List<StepResult> results;
    try (Interruption interruption = new Interruption("what was measured is written")) {
      StopSignal stop = interruption.signal();
      results =
          BenchOptions.measure(
              cases,
              StepCase::describe,
              updates(new StepBench(settings, stop)),
              StepResult::describe,
              all -> files.write(new StepResults(settings, all)),
              stop::isRequested,
              print);
      if (results.isEmpty()) {
        print.println("No case was measured.");
      } else {
        print.println();
        print.print(new StepTable(new StepResults(settings, results)).text());
        print.println();
        print.println("Numbers: " + files.json());
        print.println("Picture: " + files.picture());
        if (profile != null) {
          print.println("Profile: " + profile);
        }
      }
      print.flush(); // before a shutdown that waits for us goes on
    }
    return results.isEmpty() ? ExitCode.FAILURE : ExitCode.OK;
  }

  private static BenchOptions.Bench<StepCase, StepResult> updates(StepBench bench) {
    return new BenchOptions.Bench<>() {
      @Override
      public Optional<String> obstacle(StepCase step) {
        return bench.obstacle(step);
      }

      @Override
      public Optional<StepResult> measure(StepCase step) {
        return bench.measure(step);
      }
    };
  }

  private BenchSettings settings() {
    try {
      return new BenchSettings(
          replicas,
          bench.warmUp(),
          bench.repeat(),
          Machine.detect(),
          Libraries.load().torchThreads());
    } catch (IllegalArgumentException wrong) {
      throw BenchOptions.named(wrong);
    }
  }

  /** Every combination, once; what is chosen first changes fastest. */
  private List<StepCase> cases() {
    Set<StepCase> cases = new LinkedHashSet<>();
    try {
      List<Encoding> encodings = encodings();
      Combination next = new Combination();
      do {
        Encoding encoding = next.of(encodings);
        Decoding decoding = next.of(decoders);
        Precision precision = next.of(precisions);
        int batch = next.of(batches);
        int depth = next.of(decoderDepths);
        int width = next.of(decoderWidths);
        double ratio = next.of(maskRatios);
        int count = next.of(frames);
        int side = next.of(sizes);
        VitSize model = next.of(models);
        Family family = next.of(families);
        cases.add(
            new StepCase(
                family, model, batch, precision, encoding, decoding, depth, width, ratio, count,
                side));
      } while (next.advance());
    } catch (IllegalArgumentException wrong) {
      throw BenchOptions.named(wrong);
    }
    return List.copyOf(cases);
  }

  private List<Encoding> encodings() {
    if (encoders != null) {
      if (sparse || dense) {
        throw new IllegalArgumentException(
            "encoder says the same as --sparse and --dense: give only one of them");
      }
      return encoders;
    }
    List<Encoding> chosen = new ArrayList<>();
    if (sparse || !dense) {
      chosen.add(Encoding.SPARSE);
    }
    if (dense) {
      chosen.add(Encoding.DENSE);
    }
    return chosen;
  }
}
