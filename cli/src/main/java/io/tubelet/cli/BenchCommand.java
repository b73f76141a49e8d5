package io.tubelet.cli;

import picocli.CommandLine.Command;

/** What can be measured on the user's own machine. */
@Command(
    name = "bench",
    synopsisSubcommandLabel = "COMMAND",
    description = "Measure this machine.",
    subcommands = {StepBenchCommand.class, DataBenchCommand.class})
final class BenchCommand {}
