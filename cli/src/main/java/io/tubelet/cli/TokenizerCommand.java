package io.tubelet.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Tokenizers, which say pictures in words. */
@Command(
    name = "tokenizer",
    synopsisSubcommandLabel = "COMMAND",
    description = "Tokenizers, whose words can be predicted instead of pixels.",
    subcommands = {TokenizerTrainCommand.class, HelpCommand.class})
final class TokenizerCommand {}
