package io.tubelet.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Pictures that explain what is done. */
@Command(
    name = "show",
    synopsisSubcommandLabel = "COMMAND",
    description = "Draw what is done to clips.",
    subcommands = {ShowMasksCommand.class, HelpCommand.class})
final class ShowCommand {}
