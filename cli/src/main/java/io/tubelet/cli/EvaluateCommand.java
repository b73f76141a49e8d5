package io.tubelet.cli;

import io.tubelet.data.Explanation;
import io.tubelet.data.ViewCount;
import io.tubelet.data.ViewsConfig;
import io.tubelet.dataset.ClassNames;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.dataset.ReadOptions;
import io.tubelet.evaluate.Evaluation;
import io.tubelet.report.EvaluationReport;
import io.tubelet.run.EvaluationFiles;
import io.tubelet.run.Evaluator;
import io.tubelet.run.TrainedWeights;
import io.tubelet.run.UsualViews;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import io.tubelet.train.DeviceChoice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores a classifier on labelled videos. */
@Command(
    name = "evaluate",
    description = "Score a classifier on labelled videos, averaging several views of each.",
    footer = {
      "",
      "Examples:",
      "  tubelet evaluate --checkpoint runs/mine --data test.csv --views 5x3",
      "  tubelet evaluate --checkpoint vit-b-k400.pth --data k400/val.csv --views 5x3 --allow-missing"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "C",
      description =
          "A classifier: a run (its newest checkpoint), a checkpoint, a .safetensors, .pth or"
              + " Hugging Face folder.")
  private Path checkpoint;

  @Option(
      names = "--best",
      description = "Of a run, take the checkpoint that its validation found best, not the newest.")
  private boolean best;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "LIST",
      description = "The labelled videos: a list of 'path label', or a data set's own layout.")
  private Path data;

  @Mixin private DataSetOptions dataSet;

  @Option(
      names = "--views",
      defaultValue = "5x3",
      description =
          "Clips along time x crops (1 or 3), averaged: 5x3 and 7x3 for Kinetics in VideoMAE"
              + " and mae_st, 2x3 for Something-Something.")
  private String views;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where evaluation.html, .json and predictions.jsonl go (default: evaluation"
              + " beside a run's checkpoints, else runs/evaluation).")
  private @Nullable Path out;

  @Option(
      names = "--allow-missing",
      description = "Leave out videos that are not there or cannot be read, and say how many.")
  private boolean allowMissing;

  @Option(names = "--batch", defaultValue = "16", description = "Views of one forward pass.")
  private int batch;

  @Option(names = "--workers", defaultValue = "0", description = "Decoding threads; 0: all cores.")
  private int workers;

  @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or cuda.")
  private DeviceChoice device;

  @Option(
      names = "--precision",
      defaultValue = "fp32",
      description = "Of the large products: fp32 or bf16.")
  private Precision precision;

  @Option(
      names = "--explain",
      paramLabel = "VIDEO",
      description = "Print which frames and boxes are taken of this video, and stop.")
  private @Nullable Path explain;

  @Mixin private OpeningOptions opening;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    try (Company company = Company.join(spec)) {
      evaluate(company);
    }
    return ExitCode.OK;
  }

  private void evaluate(Company company) throws Exception {
    PrintWriter print = company.print();
    Placement placement = device.resolve();
    try (TrainedWeights.Classifier classifier =
        TrainedWeights.classifier(
            best ? TrainedWeights.best(checkpoint) : checkpoint,
            new Compute(precision, placement))) {
      ViewsConfig config = UsualViews.of(classifier.config(), ViewCount.parse(views));
      if (explain != null) {
        print.print(
            Explanation.ofViews(
                opening.opener(), explain, config, classifier.config().model().clip()));
        print.flush();
        return;
      }
      LabelledVideos videos = videos(classifier);
      Evaluator evaluator =
          new Evaluator(
              opening.opener(),
              classifier.model(),
              classifier.config().pixels(),
              config,
              placement,
              workers,
              batch,
              company.ranks());
      Evaluation evaluation = evaluate(evaluator, videos, print);
      if (!company.ranks().isFirst()) {
        return;
      }
      Path folder = folder();
      new EvaluationFiles(folder)
          .write(
              evaluation,
              videos,
              opening.opener(),
              config,
              classifier.config().model().clip(),
              String.valueOf(checkpoint.toAbsolutePath().normalize().getFileName()),
              "%s on %s".formatted(evaluation.views(), data),
              List.of(),
              provenance(videos));
      print.println(EvaluationFiles.sentence(evaluation));
      print.println("Report: " + folder.resolve(EvaluationReport.PAGE));
      print.flush();
    }
  }

  private LabelledVideos videos(TrainedWeights.Classifier classifier) throws IOException {
    ClassNames named = dataSet.classes();
    int classes = classifier.config().model().classes();
    if (named == null) {
      named =
          classifier.config().labels().isEmpty()
              ? ClassNames.numbered(classes)
              : new ClassNames(classifier.config().labels());
    }
    LabelledVideos videos =
        dataSet.read(data, named, ReadOptions.TESTING.withAllowMissing(allowMissing));
    videos.requireClasses(classes);
    return videos;
  }

  private Evaluation evaluate(Evaluator evaluator, LabelledVideos videos, PrintWriter print)
      throws Exception {
    try (Interruption interruption = new Interruption("nothing is written");
        CountDisplay progress = new CountDisplay("evaluate", videos.size(), "videos", print)) {
      print.printf(
          "%,d videos of %,d classes, %s%n", videos.size(), videos.classes().size(), views);
      print.flush();
      return evaluator.evaluate(videos, allowMissing, interruption.signal(), progress::reached);
    }
  }

  private Path folder() {
    if (out != null) {
      return out;
    }
    Path run = checkpoint.resolve("config.yaml");
    return Files.exists(run) ? checkpoint.resolve("evaluation") : Path.of("runs", "evaluation");
  }

  private Map<String, String> provenance(LabelledVideos videos) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("checkpoint", checkpoint.toString());
    facts.put("data", "%s, digest %s".formatted(data, videos.manifest().digest()));
    facts.put("precision", precision.name().toLowerCase(Locale.ROOT));
    return facts;
  }
}
