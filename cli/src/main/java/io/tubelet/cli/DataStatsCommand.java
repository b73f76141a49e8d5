package io.tubelet.cli;

import io.tubelet.curate.DataStatistics;
import io.tubelet.curate.InParallel;
import io.tubelet.curate.ListedVideo;
import io.tubelet.curate.StatisticsSummary;
import io.tubelet.data.Quarantine;
import io.tubelet.report.DataSetReport;
import io.tubelet.report.DataSetSummary;
import io.tubelet.report.Distribution;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Describes a data set without decoding it. */
@Command(
    name = "stats",
    description = "Lengths, sizes, codecs, rates and key frames of a data set, without decoding.",
    footer = {"", "Example:", "  tubelet data stats list.csv --out stats"})
final class DataStatsCommand implements Callable<Integer> {
  private static final int SHOWN = 6;

  @Parameters(paramLabel = "LIST_OR_DIR", description = "A list, a folder, or shards.")
  private Path source;

  @Mixin private DataSetOptions dataSet;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where statistics.html and .json go; without it the table is only printed.")
  private @Nullable Path out;

  @Option(names = "--workers", defaultValue = "0", description = "Reading threads; 0: all cores.")
  private int workers;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter print = spec.commandLine().getOut();
    List<ListedVideo> videos = dataSet.listed(source);
    DataStatistics statistics;
    try (Interruption interruption = new Interruption("what was found until then is told");
        CountDisplay progress = new CountDisplay("stats", videos.size(), "videos", print)) {
      statistics =
          DataStatistics.of(
              videos,
              new InParallel(workers, interruption.signal()::isRequested, progress::reached));
    }
    DataSetSummary summary = StatisticsSummary.of(source.toString(), statistics);
    tell(print, summary);
    if (out != null) {
      Files.createDirectories(out);
      DataSetReport.write(summary, out);
      Quarantine.write(out.resolve("quarantine.tsv"), statistics.broken());
      print.println("Page: " + out.resolve(DataSetReport.PAGE));
    }
    print.flush();
    return statistics.videos().isEmpty() ? ExitCode.DATA : ExitCode.OK;
  }

  private static void tell(PrintWriter print, DataSetSummary summary) {
    summary.figures().forEach((name, value) -> print.printf("%-34s %s%n", name, value));
    for (Distribution d : summary.distributions()) {
      print.printf("%-34s %s%n", d.name(), d.summary());
    }
    summary
        .kinds()
        .forEach(
            (property, kinds) ->
                print.printf("%-34s %s%n", property.toLowerCase(Locale.ROOT), most(kinds)));
    summary.broken().entrySet().stream()
        .limit(SHOWN)
        .forEach(b -> print.printf("cannot be opened: %s: %s%n", b.getKey(), b.getValue()));
  }

  private static String most(Map<String, Integer> kinds) {
    String some =
        kinds.entrySet().stream()
            .limit(SHOWN)
            .map(kind -> "%s (%,d)".formatted(kind.getKey(), kind.getValue()))
            .collect(Collectors.joining(", "));
    return kinds.size() > SHOWN ? some + " and %d more".formatted(kinds.size() - SHOWN) : some;
  }
}
