package io.tubelet.measure;

import io.tubelet.measure.LoadingResults.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Results for a person: speeds, what several workers and repeated sampling gain, and notes. */
public record LoadingTable(LoadingResults results) {
  /** What repeated sampling gained the paper (mae_st, Table 2d). */
  private static final String PAPER_GAIN =
      "mae_st, whole runs: two clips 1.8 times, four 3.0 times";

  /** All of it, lines ending with the system's separator. */
  public String text() {
    return String.join(System.lineSeparator(), conditions(), speeds().text(), gains() + notes());
  }

  /** What holds for all cases. */
  private String conditions() {
    LoadingSettings s = results.settings();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, %s, cores: %d".formatted(s.machine().cpu(), s.machine().os(), s.machine().cores()));
    lines.add("windows of %d frames, every %s".formatted(s.frames(), ordinal(s.stride())));
    lines.add(
        "each case: %d times %d windows to warm up, %d times measured"
            .formatted(s.warmUp(), s.windows(), s.repeats()));
    lines.add("all cases: " + results.common());
    results.all().stream()
        .filter(r -> r.unreadable() > 0)
        .map(
            r ->
                "%s: %d files cannot be read and are left out"
                    .formatted(r.loading().films().name(), r.unreadable()))
        .distinct()
        .forEach(lines::add);
    return lines(lines);
  }

  private static String ordinal(int stride) {
    return switch (stride) {
      case 1 -> "one";
      case 2 -> "second";
      case 3 -> "third";
      default -> stride + "th";
    };
  }

  private TextTable speeds() {
    TextTable table =
        new TextTable()
            .row(
                List.of(
                    "",
                    "clips/s",
                    "least to most",
                    "frames/s",
                    "processor ms/clip",
                    "least to most"));
    for (LoadingResult r : results.all()) {
      table.row(
          List.of(
              results.name(r),
              Figures.three(r.clipsPerSecond().median()),
              Figures.ends(r.clipsPerSecond()),
              Figures.three(results.framesPerSecond(r)),
              Figures.three(r.processorMillisPerClip().median()),
              Figures.ends(r.processorMillisPerClip())));
    }
    return table;
  }

  private String gains() {
    return gain(LoadingParameter.REPEATS, "repeated sampling (" + PAPER_GAIN + ")")
        + gain(LoadingParameter.WORKERS, "workers");
  }

  private String gain(LoadingParameter parameter, String title) {
    List<Series> all = results.series(parameter);
    if (all.isEmpty()) {
      return "";
    }
    List<String> lines = new ArrayList<>();
    lines.add("clips/s by " + title + ":");
    all.forEach(series -> lines.add("  " + series.name() + ": " + ratios(series)));
    lines.add("");
    return lines(lines);
  }

  private static String ratios(Series series) {
    double first = series.clipsPerSecond()[0];
    return series.results().stream()
        .map(
            r ->
                "%.0f: %s times"
                    .formatted(
                        series.parameter().value(r.loading()),
                        Figures.three(r.clipsPerSecond().median() / first)))
        .collect(Collectors.joining(", "));
  }

  /** What the columns mean. */
  private String notes() {
    LoadingSettings s = results.settings();
    return lines(
        List.of(
            "clips/s: the median of %d. Files lie in the system's cache after warming up."
                .formatted(s.repeats()),
            "frames/s: frames of clips, not those decoded on the way to them.",
            "processor ms/clip: of all threads of the process, Java's own among them.",
            "decode only: RGB frames at the files' own size; each window opens its file anew.",
            "to the batch: cut as VideoMAE does, resized to %d x %d, in batches of %d."
                .formatted(s.side(), s.side(), s.batch())));
  }

  private static String lines(List<String> lines) {
    return lines.stream().map(line -> line + System.lineSeparator()).collect(Collectors.joining());
  }
}
