package io.tubelet.cli;

import io.tubelet.evaluate.MeanAndSpread;
import io.tubelet.report.EvaluationNumbers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Mean and spread of several evaluations: of seeds, or of the splits of a data set. */
@Command(
    name = "summary",
    description = "Mean and spread of several evaluations: of seeds, or of a data set's splits.",
    footer = {"", "Example:", "  tubelet summary runs/split-1 runs/split-2 runs/split-3"})
final class SummaryCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description = "Evaluated runs, folders of evaluations, or their evaluation.json.")
  private List<Path> evaluations;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter print = spec.commandLine().getOut();
    List<EvaluationNumbers> all = new ArrayList<>();
    for (Path path : evaluations) {
      EvaluationNumbers one = EvaluationNumbers.read(path);
      all.add(one);
      print.printf(
          Locale.ROOT,
          "%-32s top-1 %5.1f  top-5 %5.1f  log-loss %.3f  %d of %d videos, %s%n",
          path,
          100 * one.top1(),
          100 * one.top5(),
          one.logLoss(),
          one.evaluated(),
          one.listed(),
          one.views());
    }
    print.printf(
        "%-32s top-1 %s  top-5 %s  log-loss %s%n",
        "mean ± standard deviation",
        of(all, EvaluationNumbers::top1).percent(),
        of(all, EvaluationNumbers::top5).percent(),
        of(all, EvaluationNumbers::logLoss).text(3));
    if (all.stream().map(EvaluationNumbers::views).distinct().count() > 1) {
      print.println("These were scored with different views: they cannot be compared.");
    }
    print.flush();
    return ExitCode.OK;
  }

  private static MeanAndSpread of(
      List<EvaluationNumbers> all, ToDoubleFunction<EvaluationNumbers> value) {
    return MeanAndSpread.of(all.stream().mapToDouble(value).toArray());
  }
}
