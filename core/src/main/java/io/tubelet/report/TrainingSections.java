package io.tubelet.report;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the page of every run tells of its training, whatever was learnt. */
final class TrainingSections {

  private final List<StepReport> steps;

  /** Of the reports of a run, ascending. */
  TrainingSections(List<StepReport> steps) {
    this.steps = steps;
  }

  /** How long and how fast; empty without reports. */
  Map<String, String> figures() {
    var figures = new LinkedHashMap<String, String>();
    if (steps.isEmpty()) {
      return figures;
    }
    StepReport last = steps.get(steps.size() - 1);
    figures.put("Optimizer steps", String.format(Locale.ROOT, "%,d", last.step()));
    figures.put("Effective epochs", ProgressLine.fixed(last.epoch(), 1));
    figures.put("Training time", ProgressLine.duration(last.elapsedSeconds()));
    figures.put("Clips per second", ProgressLine.rate(mean(StepReport::clipsPerSecond)));
    figures.put("Waiting for data", ProgressLine.percent(mean(StepReport::loaderWaitShare)));
    if (last.loaderWorkers() > 0) {
      figures.put("Threads that load", workers());
    }
    long rss = steps.stream().mapToLong(StepReport::rssBytes).max().orElse(0);
    if (rss > 0) {
      figures.put("Peak memory seen", ProgressLine.fixed(rss / 1e9, 2) + " GB");
    }
    figures.put("Skipped steps", String.valueOf(last.skippedSteps()));
    return figures;
  }

  private String workers() {
    IntSummaryStatistics seen =
        steps.stream()
            .mapToInt(StepReport::loaderWorkers)
            .filter(workers -> workers > 0)
            .summaryStatistics();
    int last = steps.get(steps.size() - 1).loaderWorkers();
    return seen.getMin() == seen.getMax()
        ? String.valueOf(last)
        : "%d to %d, %d at the end".formatted(seen.getMin(), seen.getMax(), last);
  }

  private double mean(ToDoubleFunction<StepReport> value) {
    DoubleSummaryStatistics s =
        steps.stream().mapToDouble(value).filter(Double::isFinite).summaryStatistics();
    return s.getCount() == 0 ? Double.NaN : s.getAverage();
  }

  /**
   * The loss, with that of a network that has learnt nothing.
   *
   * @param lossName what the loss is
   */
  void loss(Page page, String lossName, double baseline, String baselineName) {
    if (!steps.isEmpty()) {
      page.section(
          "Loss",
          Page.note(lossName) + Page.wide(new RunCurves(steps).loss(baseline, baselineName)));
    }
  }

  /** Learning rate, speed, gradients, memory. */
  void speed(Page page) {
    if (steps.isEmpty()) {
      return;
    }
    var curves = new RunCurves(steps);
    var small = new ArrayList<String>();
    small.add(curves.learningRate());
    small.add(curves.clipsPerSecond());
    small.add(curves.loaderWait());
    if (steps.stream().anyMatch(r -> Double.isFinite(r.gradNorm()))) {
      small.add(curves.gradNorm());
    }
    if (steps.stream().anyMatch(r -> r.rssBytes() > 0)) {
      small.add(curves.memory());
    }
    page.section("Schedule and speed", Page.charts(small));
  }

  static void quarantine(Page page, List<RunSummary.Quarantined> files) {
    if (!files.isEmpty()) {
      page.section(
          "Quarantined files",
          Page.note(
                  "%d %s left out of training."
                      .formatted(files.size(), files.size() == 1 ? "file was" : "files were"))
              + Page.table(
                  List.of("File", "Reason"),
                  files.stream().map(q -> List.of(q.file(), q.reason())).toList()));
    }
  }

  /** How the run can be repeated. */
  static void origin(Page page, String configuration, Map<String, String> provenance) {
    page.section("Configuration", "<pre>" + Html.escape(configuration) + "</pre>\n");
    if (!provenance.isEmpty()) {
      page.section("Provenance", Page.facts(provenance));
    }
  }
}
