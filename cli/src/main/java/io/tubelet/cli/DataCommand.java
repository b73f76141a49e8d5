package io.tubelet.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Everything that makes a data set fit for training. */
@Command(
    name = "data",
    synopsisSubcommandLabel = "COMMAND",
    description = "Make lists, split, verify, describe, re-encode and pack data sets.",
    subcommands = {
      DataListCommand.class,
      DataSplitCommand.class,
      DataVerifyCommand.class,
      DataStatsCommand.class,
      DataPrepareCommand.class,
      DataPackCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "From a folder to shards:",
      "  tubelet data list videos/ --out list.csv",
      "  tubelet data verify list.csv --out checked",
      "  tubelet data split checked/verified.csv --out lists",
      "  tubelet data prepare lists/train.csv --out prepared --short-side 256",
      "  tubelet data pack prepared/prepared.csv --out shards"
    })
final class DataCommand {}
