package io.tubelet.cli;

import io.tubelet.data.ViewCount;
import io.tubelet.dataset.ClassNames;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.dataset.ReadOptions;
import io.tubelet.probe.FeatureSet;
import io.tubelet.probe.ProbeData;
import io.tubelet.probe.ProbeResult;
import io.tubelet.run.FrozenEncoder;
import io.tubelet.run.ProbeFeatures;
import io.tubelet.run.ProbeFiles;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.TensorScope;
import io.tubelet.train.DeviceChoice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Learns a small classifier on frozen features. */
@Command(
    name = "probe",
    description = "Learn a small classifier on the features of a frozen encoder.",
    footer = {
      "",
      "Kinds: linear (SGD, a grid of settings at once), video-mae (SGD as VideoMAE's Table 11),",
      "logistic (logistic regression, solved to the end), attentive (a query over all tokens), knn.",
      "",
      "Example:",
      "  tubelet probe --kind logistic --checkpoint runs/demo --train runs/demo-data/train.csv \\",
      "      --val runs/demo-data/val.csv --test runs/demo-data/test.csv"
    })
final class ProbeCommand implements Callable<Integer> {
  @Option(
      names = "--kind",
      required = true,
      description = "Which probe: linear, video-mae, logistic, attentive or knn.")
  private ProbeKind kind;

  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "C",
      description =
          "The encoder: a run, a checkpoint, a .safetensors, .pth or Hugging Face folder.")
  private Path checkpoint;

  @Option(
      names = "--untrained",
      paramLabel = "SEED",
      description = "Use the checkpoint's architecture with fresh weights, for comparison.")
  private @Nullable Long untrained;

  @Option(
      names = "--train",
      required = true,
      paramLabel = "LIST",
      description = "Videos the probe learns from.")
  private Path train;

  @Option(
      names = "--val",
      required = true,
      paramLabel = "LIST",
      description = "Videos its setting is chosen by.")
  private Path val;

  @Option(
      names = "--test",
      required = true,
      paramLabel = "LIST",
      description = "Videos it is judged on.")
  private Path test;

  @Mixin private DataSetOptions dataSet;

  @Option(
      names = "--views",
      defaultValue = "1x1",
      description = "Clips along time x crops (1 or 3) whose judgements are averaged.")
  private String views;

  @Option(
      names = "--mirror",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "See each view in a mirror as well.")
  private boolean mirror;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where features and the report go (default: runs/probe).")
  private @Nullable Path out;

  @Option(names = "--batch", defaultValue = "32", description = "Views of one forward pass.")
  private int batch;

  @Option(names = "--workers", defaultValue = "0", description = "Decoding threads; 0: all cores.")
  private int workers;

  @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or cuda.")
  private DeviceChoice device;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter print = spec.commandLine().getOut();
    LabelledVideos training = dataSet.read(train, dataSet.classes(), ReadOptions.TRAINING);
    ClassNames classes = training.classes();
    LabelledVideos validation = dataSet.read(val, classes, ReadOptions.TESTING);
    LabelledVideos testing = dataSet.read(test, classes, ReadOptions.TESTING);
    Placement placement = device.resolve();
    Path folder = out == null ? Path.of("runs", "probe") : out;
    try (var scope = new TensorScope();
        FrozenEncoder encoder = encoder(new Compute(Precision.FP32, placement));
        Interruption interruption =
            new Interruption("no report is written, sets of features already complete are kept")) {
      ProbeFeatures features =
          new ProbeFeatures(
              encoder,
              ViewCount.parse(views),
              mirror,
              folder.resolve(kind.ofTokens() ? "tokens" : "features"),
              workers,
              batch);
      Optional<FeatureSet> ofTrain = features("train", training, features, interruption, print);
      Optional<FeatureSet> ofVal = features("val", validation, features, interruption, print);
      Optional<FeatureSet> ofTest = features("test", testing, features, interruption, print);
      if (ofTrain.isEmpty() || ofVal.isEmpty() || ofTest.isEmpty()) {
        return ExitCode.FAILURE;
      }
      ProbeResult result =
          kind.probe(placement)
              .run(new ProbeData(ofTrain.get(), ofVal.get(), ofTest.get(), classes.size()));
      encoder.requireUnchanged();
      print.println(result.describe());
      print.println("The encoder is unchanged, weight by weight.");
      String title = "%s probe of %s".formatted(result.kind(), checkpoint);
      print.println(
          "Report: "
              + new ProbeFiles(folder.resolve(result.kind()))
                  .write(result, testing, encoder.views(ViewCount.parse(views)), encoder, title));
      print.flush();
    }
    return ExitCode.OK;
  }

  private FrozenEncoder encoder(Compute compute) throws IOException {
    return untrained == null
        ? FrozenEncoder.open(checkpoint, compute, kind.ofTokens())
        : FrozenEncoder.untrained(checkpoint, compute, kind.ofTokens(), untrained);
  }

  private static Optional<FeatureSet> features(
      String name,
      LabelledVideos videos,
      ProbeFeatures features,
      Interruption interruption,
      PrintWriter print)
      throws IOException, InterruptedException {
    try (CountDisplay progress =
        new CountDisplay("features of " + name, videos.size(), "videos of " + name, print)) {
      return features.of(
          name, videos, (done, all) -> progress.reached(done), interruption.signal());
    }
  }
}
