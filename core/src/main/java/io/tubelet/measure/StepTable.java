package io.tubelet.measure;

import io.tubelet.measure.StepResults.Pair;
import io.tubelet.measure.StepResults.Series;
import io.tubelet.tensor.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results for a person: times, where they go, ratios, and what the numbers mean. */
public record StepTable(StepResults results) {
  /** What the same ratio was for mae_st's ViT-L (Table 1; 141.1 and 24.5 hours). */
  private static final String PAPER_RATIO = "mae_st's ViT-L on GPUs: 5.8 times for 7.7 times";

  /** GPU memory of VideoMAE by decoder depth (Table 1a), to compare the growth. */
  private static final String PAPER_MEMORY =
      "VideoMAE's ViT-B on a GPU, depth 1, 2, 4, 8: 7.9, 10.2, 14.7, 23.7 GB";

  /** All of it, lines ending with the system's separator. */
  public String text() {
    return String.join(
        System.lineSeparator(),
        conditions(),
        times().text(),
        breakdown().text(),
        ratios() + notes());
  }

  /** What holds for all cases. */
  private String conditions() {
    BenchSettings s = results.settings();
    return lines(
        List.of(
            "%s, %s, threads: %d".formatted(s.machine().cpu(), s.machine().os(), s.threads()),
            "matrix products of all threads: " + matrixRates(),
            "each case: %d updates to warm up, %d measured".formatted(s.warmUp(), s.repeats()),
            "all cases: " + results.common()));
  }

  private String matrixRates() {
    return results.all().stream()
        .map(r -> r.step().precision())
        .distinct()
        .sorted()
        .map(this::matrixRate)
        .collect(Collectors.joining(", "));
  }

  private String matrixRate(Precision precision) {
    return "%.0f GFLOP/s %s"
        .formatted(results.matrixRate(precision) / 1e9, precision.name().toLowerCase(Locale.ROOT));
  }

  private TextTable times() {
    TextTable table =
        new TextTable()
            .row(
                List.of(
                    "",
                    "s/update",
                    "least to most",
                    "s/clip",
                    "G/clip",
                    "GFLOP",
                    "GFLOP/s",
                    "of products",
                    "peak memory",
                    "of the case",
                    "replicas"));
    for (StepResult r : results.all()) {
      Spread seconds = r.seconds();
      table.row(
          List.of(
              results.name(r),
              Figures.three(seconds.median()),
              Figures.ends(seconds),
              Figures.three(r.secondsPerClip()),
              Figures.three(r.step().forwardMultiplyAdds() / 1e9),
              Figures.three(r.step().operations() / 1e9),
              Figures.three(r.rate() / 1e9),
              Figures.percent(results.share(r)),
              Figures.gigabytes(r.peakBytes()),
              Figures.gigabytes(r.ownBytes()),
              "%d x %d".formatted(r.split().replicas(), r.split().operatorThreads())));
    }
    return table;
  }

  private TextTable breakdown() {
    List<String> head = new ArrayList<>(List.of("% of an update"));
    Arrays.stream(Phase.values()).map(Phase::label).forEach(head::add);
    head.add("elsewhere");
    TextTable table = new TextTable().row(head);
    for (StepResult r : results.all()) {
      StepTiming update = r.typical();
      List<String> row = new ArrayList<>(List.of(results.name(r)));
      update.phases().values().forEach(seconds -> row.add(share(seconds, update)));
      row.add(share(update.elsewhere(), update));
      table.row(row);
    }
    return table;
  }

  private static String share(double seconds, StepTiming update) {
    return String.format(Locale.ROOT, "%.1f", 100 * seconds / update.seconds());
  }

  /** Ratios that the papers give too. */
  private String ratios() {
    List<String> lines = new ArrayList<>();
    List<Pair> pairs = results.pairs();
    if (!pairs.isEmpty()) {
      lines.add("dense / sparse (" + PAPER_RATIO + "):");
      pairs.forEach(pair -> lines.add(ratio(pair)));
      lines.add("");
    }
    List<Series> depths = results.series(CaseParameter.DECODER_DEPTH);
    if (!depths.isEmpty()) {
      lines.add("peak memory by decoder depth (" + PAPER_MEMORY + "):");
      depths.forEach(series -> lines.add(memory(series)));
      lines.add("");
    }
    return lines(lines);
  }

  private static String ratio(Pair pair) {
    return "  %s: %s times the time for %s times the work"
        .formatted(pair.name(), Figures.three(pair.time()), Figures.three(pair.work()));
  }

  private static String memory(Series depths) {
    return "  %s: "
        .formatted(depths.name())
        .concat(
            depths.results().stream()
                .map(r -> r.step().decoderDepth() + ": " + Figures.gigabytes(r.peakBytes()))
                .collect(Collectors.joining(", ")));
  }

  /** What the columns mean. */
  private String notes() {
    boolean own = results.all().stream().allMatch(StepResult::peakOfCase);
    return lines(
        List.of(
            "s/update: the median. Clips are random bytes in memory: loading is no part of it.",
            "G/clip: 10^9 multiply-adds in products, forward, one clip; papers call them FLOPs.",
            "GFLOP: 10^9 operations of an update. A multiply-add is two, backward twice forward.",
            "of products: GFLOP/s as a share of large matrix products in that precision.",
            own
                ? "peak memory: resident, of the whole process with Java and its libraries."
                : "peak memory: of the process so far; this system does not tell that of a case.",
            "of the case: that less what was resident before its model was made.",
            "replicas: of the model x threads of each. Their phases are shown as their mean.",
            "elsewhere: waiting for the slowest replica, freeing memory."));
  }

  private static String lines(List<String> lines) {
    return lines.stream().map(line -> line + System.lineSeparator()).collect(Collectors.joining());
  }
}
