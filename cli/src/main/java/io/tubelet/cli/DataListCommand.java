package io.tubelet.cli;

import io.tubelet.curate.VideoFolderList;
import io.tubelet.curate.WrittenList;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a list of a folder. */
@Command(
    name = "list",
    description = "Make a list of the videos in a folder, with labels where folders are classes.",
    footer = {"", "Example:", "  tubelet data list videos/ --out list.csv"})
final class DataListCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "Searched for videos.")
  private Path folder;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "LIST",
      description = "The list; class names go to classes.txt beside it.")
  private Path out;

  @Option(
      names = "--labels",
      defaultValue = "auto",
      description =
          "folders: each folder in DIR is a class; none: no labels; auto: folders where every"
              + " video lies in one.")
  private VideoFolderList.Labels labels;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    VideoFolderList list = VideoFolderList.of(folder, labels);
    list.write(out);
    PrintWriter print = spec.commandLine().getOut();
    if (list.classes().isEmpty()) {
      print.printf("%,d videos without labels: %s%n", list.videos().size(), out);
    } else {
      print.printf(
          "%,d videos of %,d classes: %s, %s%n",
          list.videos().size(),
          list.classes().size(),
          out,
          out.resolveSibling(WrittenList.CLASSES));
    }
    print.flush();
    return ExitCode.OK;
  }
}
