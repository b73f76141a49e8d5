package io.tubelet.cli;

import static java.util.Objects.requireNonNull;

import io.tubelet.cli.launch.LauncherWatch;
import io.tubelet.cli.launch.Rendezvous;
import io.tubelet.clip.Size;
import io.tubelet.convert.Format;
import io.tubelet.convert.Inflation;
import io.tubelet.curate.VideoFolderList;
import io.tubelet.dataset.DataLayout;
import io.tubelet.machine.Libraries;
import io.tubelet.machine.NativeEnvironment;
import io.tubelet.machine.NativeLibrary;
import io.tubelet.measure.Decoding;
import io.tubelet.measure.Encoding;
import io.tubelet.measure.Family;
import io.tubelet.measure.Work;
import io.tubelet.measure.WrittenFilms;
import io.tubelet.model.VitSize;
import io.tubelet.probe.ProbeKind;
import io.tubelet.tensor.Precision;
import io.tubelet.train.DeviceChoice;
import io.tubelet.video.VideoCodec;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;

/** The {@code tubelet} command and its sub-commands. */
@Command(
    name = "tubelet",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    header = "Teaches computers to understand video without labels: masked video autoencoders.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:done",
      "  1:failed; the message says why",
      "  2:the command line, a recipe or a setting is wrong",
      "  3:the run ended but nothing was learnt",
      "  4:the data cannot be used: nothing found, too many broken files, or 'data verify' found faults",
      "  5:the loss stopped being a number; the last checkpoint is untouched",
      "130:interrupted (Ctrl-C); a run is saved first",
      "143:terminated (SIGTERM); a run is saved first"
    },
    subcommands = {
      DemoCommand.class,
      PretrainCommand.class,
      ReconstructCommand.class,
      FineTuneCommand.class,
      EvaluateCommand.class,
      SummaryCommand.class,
      ProbeCommand.class,
      AblateCommand.class,
      LaunchCommand.class,
      PredictCommand.class,
      DataCommand.class,
      TokenizerCommand.class,
      ConvertCommand.class,
      InspectCommand.class,
      RecipesCommand.class,
      ShowCommand.class,
      DoctorCommand.class,
      BenchCommand.class,
      HelpCommand.class
    })
final class Main {

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Print the whole stack trace of an error, for a bug report.")
  private boolean stacktrace;

  public static void main(String[] args) {
    LauncherWatch.begin();
    NativeEnvironment.prepare();
    System.exit(commandLine().execute(args));
  }

  /** The command, ready to execute. */
  static CommandLine commandLine() {
    Main main = new Main();
    CommandLine commandLine = new CommandLine(main);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setUsageHelpAutoWidth(true);
    commandLine.registerConverter(DeviceChoice.class, Words.readBy(DeviceChoice::new));
    commandLine.registerConverter(Format.class, Words.readBy(Format::parse));
    commandLine.registerConverter(Inflation.class, Words.readBy(Inflation::parse));
    commandLine.registerConverter(DataLayout.class, Words.of(DataLayout.class));
    commandLine.registerConverter(ProbeKind.class, Words.of(ProbeKind.class));
    commandLine.registerConverter(Precision.class, Words.of(Precision.class));
    commandLine.registerConverter(PrecisionWish.class, Words.of(PrecisionWish.class));
    commandLine.registerConverter(Family.class, Words.of(Family.class));
    commandLine.registerConverter(Encoding.class, Words.of(Encoding.class));
    commandLine.registerConverter(Decoding.class, Words.of(Decoding.class));
    commandLine.registerConverter(VitSize.class, Words.named(VitSize.class, VitSize::label));
    commandLine.registerConverter(VideoCodec.class, Words.of(VideoCodec.class));
    commandLine.registerConverter(Duration.class, Words.readBy(Words::duration));
    commandLine.registerConverter(Rendezvous.class, Words.readBy(Rendezvous::parse));
    commandLine.registerConverter(Work.class, Words.of(Work.class));
    commandLine.registerConverter(Size.class, Words.readBy(WrittenFilms::size));
    commandLine.registerConverter(
        VideoFolderList.Labels.class, Words.of(VideoFolderList.Labels.class));
    commandLine.getSubcommands().values().forEach(Main::explainItself);
    // What follows the launched command's name is that command's.
    requireNonNull(commandLine.getSubcommands().get("launch")).setStopAtPositional(true);
    commandLine.setExecutionExceptionHandler(
        (error, command, parsed) -> Failure.report(error, command, main.stacktrace));
    commandLine.setExecutionStrategy(parsed -> main.executeOrExplain(parsed));
    return commandLine;
  }

  /** Gives a command, and those below it, the options that all have. */
  private static void explainItself(CommandLine command) {
    command.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new Version());
    command.getCommandSpec().usageMessage().showDefaultValues(true).sortOptions(false);
    command.getSubcommands().values().forEach(Main::explainItself);
  }

  /** The errors that a machine can cause become a sentence; picocli reports exceptions only. */
  private int executeOrExplain(ParseResult parsed) {
    try {
      return new RunLast().execute(parsed);
    } catch (LinkageError broken) {
      return explain(
          broken,
          "a native library cannot be loaded: "
              + NativeLibrary.advice(broken)
              + " ('tubelet doctor' tries each of them)",
          parsed);
    } catch (OutOfMemoryError full) {
      return explain(
          full,
          "memory is full: "
              + full.getMessage()
              + ". A smaller train.batch or data.cache needs less; TUBELET_JAVA_OPTS=-Xmx8g gives"
              + " Java more.",
          parsed);
    }
  }

  private int explain(Error error, String sentence, ParseResult parsed) {
    CommandLine command = parsed.commandSpec().commandLine();
    command.getErr().println(command.getColorScheme().errorText("tubelet: " + sentence));
    if (stacktrace) {
      error.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return ExitCode.FAILURE;
  }

  /** Tells the version without loading any native library. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"tubelet " + Libraries.tubeletVersion()};
    }
  }
}
