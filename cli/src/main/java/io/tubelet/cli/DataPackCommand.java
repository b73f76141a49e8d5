package io.tubelet.cli;

import io.tubelet.curate.ListedVideo;
import io.tubelet.curate.Packing;
import io.tubelet.data.ByteSize;
import java.io.IOException;
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

/** Packs videos into shards. */
@Command(
    name = "pack",
    description = "Pack videos, as they are, into tar shards that training reads in place.",
    footer = {
      "",
      "Examples:",
      "  tubelet data pack prepared/prepared.csv --out shards",
      "  tubelet pretrain --data shards --recipe jhmdb-ti",
      "  tar -tf shards/000000.tar"
    })
final class DataPackCommand implements Callable<Integer> {
  private static final int SHOWN = 5;

  @Parameters(paramLabel = "LIST_OR_DIR", description = "A list, a folder, or other shards.")
  private Path source;

  @Mixin private DataSetOptions dataSet;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "A folder without shards.")
  private Path out;

  @Option(
      names = "--shard-size",
      defaultValue = "256MiB",
      paramLabel = "SIZE",
      description = "Largest size of a shard.")
  private String shardSize;

  @Option(
      names = "--in-order",
      description = "Keep the order of the list instead of one drawn from the seed.")
  private boolean inOrder;

  @Option(names = "--seed", defaultValue = "0", description = "Of the order.")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Packing.Options options =
        new Packing.Options(ByteSize.parse(shardSize).bytes(), !inOrder, seed);
    return pack(dataSet.listed(source), source, out, options, spec.commandLine().getOut());
  }

  /** What is done where nothing else is said. */
  static Packing.Options shuffled(ByteSize shardSize, long seed) {
    return new Packing.Options(shardSize.bytes(), true, seed);
  }

  /** Packs with progress and interruption; also what {@code prepare --shards} does. */
  static int pack(
      List<ListedVideo> videos, Path source, Path out, Packing.Options options, PrintWriter print)
      throws IOException {
    Packing packed;
    try (Interruption interruption = new Interruption("the shards are removed");
        CountDisplay progress = new CountDisplay("pack", videos.size(), "videos", print)) {
      packed =
          Packing.of(
              videos, source, out, options, interruption.signal()::isRequested, progress::reached);
    }
    if (packed.shards().isEmpty()) {
      print.println("stopped; nothing was packed");
      print.flush();
      return ExitCode.FAILURE;
    }
    print.printf(
        "%,d videos in %,d shards, %,d left out: %s%n",
        packed.packed(), packed.shards().size(), packed.broken().size(), out);
    packed.broken().entrySet().stream()
        .limit(SHOWN)
        .forEach(b -> print.printf("  %s: %s%n", b.getKey(), b.getValue()));
    print.flush();
    return ExitCode.OK;
  }
}
