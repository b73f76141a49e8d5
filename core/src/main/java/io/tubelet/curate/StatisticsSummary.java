package io.tubelet.curate;

import io.tubelet.curate.DataStatistics.Facts;
import io.tubelet.report.DataSetSummary;
import io.tubelet.report.Distribution;
import io.tubelet.report.ProgressLine;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The numbers of a data set put into what its page shows. */
public final class StatisticsSummary {
  private StatisticsSummary() {}

  /** What is shown of {@code statistics}. */
  public static DataSetSummary of(String source, DataStatistics statistics) {
    List<Facts> videos = statistics.videos();
    return new DataSetSummary(
        source,
        statistics.listed(),
        videos.size(),
        figures(statistics),
        List.of(
            new Distribution("length", "s", values(videos, f -> f.stored().seconds())),
            new Distribution("frames", "", values(videos, f -> f.stored().packets())),
            new Distribution("frames per second", "", values(videos, f -> f.stored().fps())),
            new Distribution(
                "shorter side",
                "pixels",
                values(videos, f -> Math.min(f.stored().height(), f.stored().width()))),
            new Distribution(
                "longest stretch between key frames",
                "frames",
                values(videos, f -> f.stored().longestGop())),
            new Distribution("rate", "kbit/s", values(videos, StatisticsSummary::kilobits))),
        kinds(videos),
        statistics.broken());
  }

  private static Map<String, String> figures(DataStatistics statistics) {
    List<Facts> videos = statistics.videos();
    double seconds = videos.stream().mapToDouble(f -> f.stored().seconds()).sum();
    long frames = videos.stream().mapToLong(f -> f.stored().packets()).sum();
    long bytes = videos.stream().mapToLong(Facts::fileBytes).sum();
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("videos", "%,d".formatted(videos.size()));
    figures.put("cannot be opened", "%,d".formatted(statistics.broken().size()));
    figures.put("frames", "%,d".formatted(frames));
    figures.put("length of all", ProgressLine.duration(seconds));
    figures.put("size of all", size(bytes));
    long classes =
        videos.stream().map(f -> f.video().label()).filter(l -> l != null).distinct().count();
    if (classes > 0) {
      figures.put("classes", "%,d".formatted(classes));
    }
    return figures;
  }

  private static String size(long bytes) {
    double mebi = bytes / (double) (1 << 20);
    return mebi < 1024
        ? String.format(Locale.ROOT, "%.1f MiB", mebi)
        : String.format(Locale.ROOT, "%.1f GiB", mebi / 1024);
  }

  private static Map<String, Map<String, Integer>> kinds(List<Facts> videos) {
    Map<String, Map<String, Integer>> kinds = new LinkedHashMap<>();
    kinds.put("Codecs", count(videos, f -> f.stored().codec()));
    kinds.put("Containers", count(videos, f -> f.stored().container()));
    kinds.put(
        "Sizes (width x height)",
        count(videos, f -> f.stored().width() + " x " + f.stored().height()));
    kinds.put(
        "Frames per second",
        count(
            videos,
            f ->
                f.stored().fps() > 0
                    ? String.format(Locale.ROOT, "%.3f", f.stored().fps()).replaceAll("\\.?0+$", "")
                    : "unknown"));
    return kinds;
  }

  /** How many videos have which word, the most frequent first. */
  private static Map<String, Integer> count(List<Facts> videos, Function<Facts, String> word) {
    Map<String, Integer> counts = new TreeMap<>();
    videos.forEach(f -> counts.merge(word.apply(f), 1, Integer::sum));
    Map<String, Integer> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .forEach(kind -> sorted.put(kind.getKey(), kind.getValue()));
    return sorted;
  }

  /** What is not known, a 0, is left out. */
  private static double[] values(List<Facts> videos, ToDoubleFunction<Facts> value) {
    return videos.stream().mapToDouble(value).filter(v -> v > 0).toArray();
  }

  private static double kilobits(Facts f) {
    return f.stored().seconds() > 0 ? f.fileBytes() * 8 / 1000.0 / f.stored().seconds() : 0;
  }
}
