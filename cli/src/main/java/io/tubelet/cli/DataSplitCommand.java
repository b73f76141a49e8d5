package io.tubelet.cli;

import io.tubelet.curate.GroupSplit;
import io.tubelet.curate.SplitShares;
import io.tubelet.curate.WrittenList;
import io.tubelet.dataset.ClassNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Divides a list so that no source is on two sides. */
@Command(
    name = "split",
    description = "Divide a list by source, so that no source is on two sides.",
    footer = {
      "",
      "Examples:",
      "  tubelet data split list.csv --out lists",
      "  tubelet data split list.csv --by '(film\\d+)_' --shares 0.9,0.1 --out lists",
      "  tubelet data split clips.tsv --by column:source_id --out lists"
    })
final class DataSplitCommand implements Callable<Integer> {
  @Parameters(paramLabel = "LIST", description = "A list; a table with heads for column:NAME.")
  private Path list;

  @Option(
      names = "--by",
      defaultValue = "auto",
      paramLabel = "GROUP",
      description =
          "What tells the source: auto (names as in UCF101, J-HMDB, HMDB51 and Kinetics), folder,"
              + " clip (each by itself), column:NAME, or a regular expression that finds it in the"
              + " name.")
  private String by;

  @Option(
      names = "--shares",
      defaultValue = "0.8,0.1,0.1",
      description = "Of the videos, for each list; they add to 1.")
  private String shares;

  @Option(
      names = "--names",
      defaultValue = "",
      description = "Of the lists (default: train,val,test, or as many of them as shares).")
  private String names;

  @Option(names = "--seed", defaultValue = "0", description = "Of the order of equal groups.")
  private long seed;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the lists go.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    GroupSplit split = GroupSplit.of(list, by, SplitShares.parse(shares, names), seed);
    split.write(list, out);
    PrintWriter print = spec.commandLine().getOut();
    row(print, "class", split.names().toArray());
    ClassNames classes = classes();
    for (Map.Entry<@Nullable Integer, int[]> counts : split.counts().entrySet()) {
      row(print, name(counts.getKey(), classes), boxed(counts.getValue()));
    }
    row(print, "videos", split.sides().stream().map(side -> side.size()).toArray());
    row(print, "groups", split.groups().toArray());
    print.printf("No group is in two of the lists in %s.%n", out);
    print.flush();
    return ExitCode.OK;
  }

  private @Nullable ClassNames classes() throws IOException {
    Path names = out.resolve(WrittenList.CLASSES);
    return Files.exists(names) ? ClassNames.read(names) : null;
  }

  private static String name(@Nullable Integer label, @Nullable ClassNames classes) {
    if (label == null) {
      return "(no label)";
    }
    return classes != null && label < classes.size() ? classes.name(label) : label.toString();
  }

  private static Object[] boxed(int[] counts) {
    Object[] boxed = new Object[counts.length];
    for (int i = 0; i < counts.length; i++) {
      boxed[i] = counts[i];
    }
    return boxed;
  }

  private static void row(PrintWriter print, String head, Object[] cells) {
    StringBuilder line = new StringBuilder("%-28s".formatted(head));
    for (Object cell : cells) {
      line.append("%10s".formatted(cell));
    }
    print.println(line);
  }
}
