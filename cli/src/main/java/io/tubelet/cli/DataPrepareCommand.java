package io.tubelet.cli;

import io.tubelet.curate.InParallel;
import io.tubelet.curate.ListedVideo;
import io.tubelet.curate.Packing;
import io.tubelet.curate.Preparation;
import io.tubelet.curate.PrepareOptions;
import io.tubelet.data.ByteSize;
import io.tubelet.data.DataException;
import io.tubelet.dataset.ReadOptions;
import io.tubelet.video.VideoCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Re-encodes a data set for training. */
@Command(
    name = "prepare",
    description =
        "Re-encode videos so that training reads them quickly: small, key frames, no sound.",
    footer = {
      "",
      "Every frame of a source is in its result, checked by decoding that.",
      "A run that was stopped goes on when the same command is given again.",
      "",
      "Examples:",
      "  tubelet data prepare list.csv --out prepared --short-side 256",
      "  tubelet data prepare k400/train.csv --videos k400 --out k400-256"
    })
final class DataPrepareCommand implements Callable<Integer> {
  private static final String KEEP = "keep";
  private static final int SHOWN = 5;

  @Parameters(paramLabel = "LIST_OR_DIR", description = "A list, a folder, or shards.")
  private Path source;

  @Mixin private DataSetOptions dataSet;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the videos, prepared.csv and quarantine.tsv go.")
  private Path out;

  @Option(
      names = "--short-side",
      defaultValue = "256",
      description = "Pixels on the shorter side of larger videos; 0: as they are.")
  private int shortSide;

  @Option(
      names = "--gop",
      defaultValue = "12",
      description = "Frames from one key frame to the next: fewer make random clips quicker.")
  private int gop;

  @Option(
      names = "--codec",
      defaultValue = "auto",
      description =
          "h264, mpeg4 or mjpeg; auto: h264 where this FFmpeg build writes it, else mpeg4.")
  private VideoCodec codec;

  @Option(names = "--quantizer", defaultValue = "22", description = "Coarseness, 1 (finest) to 51.")
  private int quantizer;

  @Option(
      names = "--fps",
      defaultValue = KEEP,
      description = "keep: every frame as it is; a number repeats and leaves out frames.")
  private String fps;

  @Option(
      names = "--shards",
      paramLabel = "SIZE",
      description = "Pack the result into shards of this size too, in DIR/shards.")
  private @Nullable String shards;

  @Option(names = "--workers", defaultValue = "0", description = "Threads; 0: all cores.")
  private int workers;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter print = spec.commandLine().getOut();
    PrepareOptions options = new PrepareOptions(shortSide, gop, codec, quantizer, fps());
    ByteSize shardSize = shards == null ? ByteSize.ZERO : ByteSize.parse(shards);
    List<ListedVideo> videos = dataSet.listed(source);
    Preparation prepared;
    try (Interruption interruption = new Interruption("the same command goes on later");
        CountDisplay progress = new CountDisplay("prepare", videos.size(), "videos", print)) {
      prepared =
          Preparation.of(
              videos,
              source,
              out,
              options,
              new InParallel(workers, interruption.signal()::isRequested, progress::reached));
      tell(print, prepared);
    }
    if (prepared.list() == null) {
      return ExitCode.FAILURE;
    }
    return shardSize.bytes() > 0 ? pack(prepared.list(), shardSize, print) : ExitCode.OK;
  }

  private int pack(Path list, ByteSize shardSize, PrintWriter print) throws IOException {
    List<ListedVideo> videos = ListedVideo.read(list, ReadOptions.TRAINING);
    Path folder = out.resolve("shards");
    Packing.Options options = DataPackCommand.shuffled(shardSize, 0);
    return switch (Packing.earlier(videos, folder, options)) {
      case NONE -> DataPackCommand.pack(videos, list, folder, options, print);
      case SAME -> {
        print.println("Shards of these videos are there already: " + folder);
        print.flush();
        yield ExitCode.OK;
      }
      case OTHER ->
          throw new DataException(
              "%s: holds shards of other videos or of another --shards; remove that folder, and the same command packs anew"
                  .formatted(folder));
    };
  }

  private double fps() {
    if (fps.equals(KEEP)) {
      return 0;
    }
    try {
      double number = Double.parseDouble(fps);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IllegalArgumentException(
        "--fps must be keep or a number above 0, got '%s'".formatted(fps));
  }

  private void tell(PrintWriter print, Preparation prepared) throws IOException {
    int good = prepared.done() - prepared.broken().size();
    print.printf(
        "%,d of %,d videos prepared (%,d were there already), %,d left out%n",
        good, prepared.listed(), prepared.kept(), prepared.broken().size());
    prepared.broken().entrySet().stream()
        .limit(SHOWN)
        .forEach(b -> print.printf("  %s: %s%n", b.getKey(), b.getValue()));
    if (prepared.list() == null) {
      print.println("stopped; the same command goes on");
    } else {
      print.println("List: " + prepared.list());
    }
    print.flush();
  }
}
