package io.tubelet.cli;

import io.tubelet.data.ViewCount;
import io.tubelet.dataset.ClassNames;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.dataset.ReadOptions;
import io.tubelet.distributed.Ranks;
import io.tubelet.probe.FeatureSet;
import io.tubelet.probe.ProbeData;
import io.tubelet.probe.ProbeKind;
import io.tubelet.probe.ProbeResult;
import io.tubelet.run.FeaturePrecision;
import io.tubelet.run.FrozenEncoder;
import io.tubelet.run.ProbeFeatures;
import io.tubelet.run.ProbeFiles;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.TensorScope;
import io.tubelet.train.DeviceChoice;
import io.tubelet.train.StopSignal;
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

  @Option(
      names = "--precision",
      defaultValue = "auto",
      description =
          "Of the features: fp32, bf16, or auto: bf16 where some clips show it to be as good and"
              + " faster.")
  private PrecisionWish precision;

  @Mixin private OpeningOptions opening;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    try (Company company = Company.join(spec)) {
      return probe(company);
    }
  }

  /** Features are computed by all ranks; what is learnt on them, by the first. */
  private int probe(Company company) throws Exception {
    PrintWriter print = company.print();
    LabelledVideos training = dataSet.read(train, dataSet.classes(), ReadOptions.TRAINING);
    ClassNames classes = training.classes();
    LabelledVideos validation = dataSet.read(val, classes, ReadOptions.TESTING);
    LabelledVideos testing = dataSet.read(test, classes, ReadOptions.TESTING);
    Placement placement = device.resolve();
    Optional<FeaturePrecision> chosen = precision(placement, training);
    if (company.ranks().any(chosen.isEmpty())) {
      return ExitCode.FAILURE;
    }
    Precision agreed = Precision.valueOf(company.ofFirst(chosen.get().precision().name()));
    print.println(chosen.get());
    print.flush();
    try (var scope = new TensorScope();
        ProbeFeatures features = features(agreed, placement, company.ranks())) {
      Optional<ProbeData> looked = data(features, training, validation, testing, print);
      if (looked.isEmpty()) {
        return ExitCode.FAILURE;
      }
      if (!company.ranks().isFirst()) {
        return ExitCode.OK;
      }
      ProbeResult result = kind.probe(placement).run(looked.get());
      FrozenEncoder encoder = features.encoder();
      encoder.requireUnchanged();
      print.println(result.describe());
      print.println("The encoder is unchanged, weight by weight.");
      String title = "%s probe of %s".formatted(result.kind(), checkpoint);
      print.println(
          "Report: "
              + new ProbeFiles(folder().resolve(result.kind()))
                  .write(result, testing, features, title));
      print.flush();
    }
    return ExitCode.OK;
  }

  private Path folder() {
    return out == null ? Path.of("runs", "probe") : out;
  }

  /** Empty when interrupted. */
  private Optional<FeaturePrecision> precision(Placement placement, LabelledVideos training)
      throws IOException, InterruptedException {
    if (precision != PrecisionWish.AUTO) {
      return Optional.of(FeaturePrecision.asked(Precision.valueOf(precision.name())));
    }
    try (Interruption interruption = new Interruption("nothing is written")) {
      return FeaturePrecision.found(
          wanted -> features(wanted, placement, Ranks.alone()), training, interruption.signal());
    }
  }

  private ProbeFeatures features(Precision wanted, Placement placement, Ranks ranks)
      throws IOException {
    return new ProbeFeatures(
        encoder(new Compute(wanted, placement)),
        ViewCount.parse(views),
        mirror,
        folder().resolve(kind.ofTokens() ? "tokens" : "features"),
        workers,
        batch,
        opening.options(),
        ranks);
  }

  private FrozenEncoder encoder(Compute compute) throws IOException {
    return untrained == null
        ? FrozenEncoder.open(checkpoint, compute, kind.ofTokens())
        : FrozenEncoder.untrained(checkpoint, compute, kind.ofTokens(), untrained);
  }

  /** The features of all three sets; empty when interrupted. */
  private static Optional<ProbeData> data(
      ProbeFeatures features,
      LabelledVideos training,
      LabelledVideos validation,
      LabelledVideos testing,
      PrintWriter print)
      throws IOException, InterruptedException {
    try (Interruption interruption =
        new Interruption("no report is written, but whole sets of features are kept")) {
      StopSignal stop = interruption.signal();
      Optional<FeatureSet> ofTrain = features("train", training, features, stop, print);
      Optional<FeatureSet> ofVal = features("val", validation, features, stop, print);
      Optional<FeatureSet> ofTest = features("test", testing, features, stop, print);
      if (ofTrain.isEmpty() || ofVal.isEmpty() || ofTest.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new ProbeData(ofTrain.get(), ofVal.get(), ofTest.get(), training.classes().size()));
    }
  }

  private static Optional<FeatureSet> features(
      String name,
      LabelledVideos videos,
      ProbeFeatures features,
      StopSignal stop,
      PrintWriter print)
      throws IOException, InterruptedException {
    try (CountDisplay progress =
        new CountDisplay("features of " + name, videos.size(), "videos of " + name, print)) {
      return features.of(name, videos, (done, all) -> progress.reached(done), stop);
    }
  }
}
