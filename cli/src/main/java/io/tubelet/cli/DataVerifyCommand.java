package io.tubelet.cli;

import io.tubelet.curate.InParallel;
import io.tubelet.curate.ListedVideo;
import io.tubelet.curate.Verification;
import io.tubelet.curate.VerificationFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Decodes everything. */
@Command(
    name = "verify",
    description = "Decode every frame: which videos are broken, and which are there twice.",
    footer = {
      "",
      "Exits with 0 when all is well, with 4 when a video is broken or there twice.",
      "",
      "There twice: videos of one size whose frames are all the same bytes, in",
      "whatever container. Not found: copies that were encoded anew, resized,",
      "trimmed or mirrored.",
      "",
      "Example:",
      "  tubelet data verify list.csv --out checked"
    })
final class DataVerifyCommand implements Callable<Integer> {
  private static final int SHOWN = 5;

  @Parameters(paramLabel = "LIST_OR_DIR", description = "A list, a folder, or shards.")
  private Path source;

  @Mixin private DataSetOptions dataSet;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where verified.csv, quarantine.tsv and duplicates.tsv go.")
  private Path out;

  @Option(names = "--workers", defaultValue = "0", description = "Decoding threads; 0: all cores.")
  private int workers;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter print = spec.commandLine().getOut();
    List<ListedVideo> videos = dataSet.listed(source);
    VerificationFiles files = new VerificationFiles(out);
    files.requireNew();
    Verification found;
    try (Interruption interruption = new Interruption("what was found until then is told");
        CountDisplay progress = new CountDisplay("verify", videos.size(), "videos", print)) {
      found =
          Verification.of(
              videos,
              new InParallel(workers, interruption.signal()::isRequested, progress::reached));
      files.write(found, source);
      tell(print, found, files);
    }
    return found.isClean() && found.isComplete() ? ExitCode.OK : ExitCode.DATA;
  }

  private static void tell(PrintWriter print, Verification found, VerificationFiles files) {
    print.printf(
        "%,d of %,d videos decoded from end to end, %,d frames%n",
        found.verified() - found.broken().size(), found.listed(), found.frames());
    if (!found.broken().isEmpty()) {
      print.printf("%,d cannot be read, see %s%n", found.broken().size(), files.quarantine());
      found.broken().entrySet().stream()
          .limit(SHOWN)
          .forEach(b -> print.printf("  %s: %s%n", b.getKey(), b.getValue()));
    }
    if (!found.duplicates().isEmpty()) {
      print.printf("%,d show what another one shows, see %s%n", found.copies(), files.duplicates());
    }
    for (List<ListedVideo> group : found.contradictions()) {
      print.printf(
          "left out, for it is there with different labels: %s%n",
          group.stream().map(v -> v.name() + " " + v.label()).toList());
    }
    if (found.isComplete()) {
      print.printf("%,d good ones: %s%n", found.good().size(), files.verified());
    } else {
      print.printf("stopped after %,d of %,d videos%n", found.verified(), found.listed());
    }
    print.flush();
  }
}
