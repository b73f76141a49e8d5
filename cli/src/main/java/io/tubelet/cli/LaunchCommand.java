package io.tubelet.cli;

import io.tubelet.cli.launch.JavaRanks;
import io.tubelet.cli.launch.LaunchPlan;
import io.tubelet.cli.launch.Launcher;
import io.tubelet.cli.launch.Layout;
import io.tubelet.cli.launch.Rendezvous;
import io.tubelet.cli.launch.Screen;
import io.tubelet.machine.Libraries;
import io.tubelet.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a command as several processes that work together. */
@Command(
    name = "launch",
    description = {
      "Run a command as several processes that work together, on one machine or several.",
      "",
      "What rank 0 says is shown, and warnings and errors of the others behind their number; all"
          + " that each says is kept in the folder of --logs. When a rank fails the others are ended."
          + " Ctrl-C and SIGTERM are passed on: the run is saved once and all ranks end."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:all ranks did their work",
      "1-5:as of the rank that failed first, see 'tubelet --help'; 1 also where a signal ended it,",
      "    or a machine is gone or never came",
      "130:interrupted (Ctrl-C)",
      "143:terminated (SIGTERM)"
    },
    footer = {
      "",
      "Examples:",
      "  tubelet launch --nproc 4 pretrain --data videos/ --recipe jhmdb-ti --out runs/mine",
      "  tubelet launch --nproc 8 --nnodes 2 --node-rank 0 --rendezvous node0:29400 \\",
      "      --max-restarts 3 pretrain --data train.csv --recipe mine.yaml --out /shared/runs/mine"
    })
final class LaunchCommand implements Callable<Integer> {

  @Option(
      names = "--nproc",
      required = true,
      paramLabel = "N",
      description = "Processes of this machine; on each machine as many.")
  private int processes;

  @Option(
      names = "--nnodes",
      defaultValue = "1",
      paramLabel = "M",
      description = "Machines; 'launch' is started on each of them.")
  private int nodes;

  @Option(
      names = "--node-rank",
      paramLabel = "K",
      description = "Which of the machines this is, from 0.")
  private @Nullable Integer node;

  @Option(
      names = "--rendezvous",
      paramLabel = "HOST:PORT",
      description =
          "Where launchers meet: the machine with --node-rank 0 under a name that all know, and a"
              + " free port on it. Ranks choose ports of their own.")
  private @Nullable Rendezvous rendezvous;

  @Option(
      names = "--max-restarts",
      defaultValue = "0",
      paramLabel = "R",
      description =
          "After a failure, start all ranks again this often at most; a training goes on from its"
              + " last checkpoint. A wrong setting, unusable data and a diverged loss are no such"
              + " failures.")
  private int restarts;

  @Option(
      names = "--timeout",
      defaultValue = "10m",
      paramLabel = "TIME",
      description = "How long machines and ranks wait for each other before that is a failure.")
  private Duration timeout;

  @Option(
      names = "--grace",
      defaultValue = "60s",
      paramLabel = "TIME",
      description = "How long ranks may take to save and end before they are killed.")
  private Duration grace;

  @Option(
      names = "--logs",
      paramLabel = "DIR",
      description = "What each rank says (default: 'ranks' in the run's folder, or runs/ranks).")
  private @Nullable Path logs;

  @Parameters(
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "pretrain, finetune, evaluate or probe, with options of its own.")
  private List<String> words;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Layout layout = new Layout(processes, nodes, requireNode());
    LaunchedCommand command = LaunchedCommand.parse(words);
    Optional<Path> folder = command.folder();
    Path kept = logs != null ? logs : folder.orElse(Path.of("runs")).resolve("ranks");
    LaunchPlan plan =
        new LaunchPlan(
            layout, rendezvous, timeout, grace, restarts, kept, Libraries.tubeletVersion());
    JavaRanks ranks =
        JavaRanks.likeThisProcess(
            Main.class.getName(),
            words,
            command.resuming(),
            () -> folder.filter(path -> new RunFolder(path).holdsRun()).isPresent());
    unpackNatives(ranks);
    Launcher launcher = new Launcher(plan, ranks, new Screen(System.out, System.err));
    try (StopRelay relay = new StopRelay(launcher::stop)) {
      return launcher.run();
    }
  }

  private int requireNode() {
    if (node == null && nodes > 1) {
      throw new IllegalArgumentException(
          "--nnodes=%d needs --node-rank: which of the machines this is, from 0".formatted(nodes));
    }
    return node == null ? 0 : node;
  }

  /** Two processes that unpack into an empty cache at the same time can crash. */
  private static void unpackNatives(JavaRanks ranks) throws IOException, InterruptedException {
    if (Boolean.getBoolean("tubelet.unpacked")) {
      return; // the start script has done it
    }
    Process doctor = ranks.once("doctor", "--quiet").inheritIO().start();
    if (doctor.waitFor() != ExitCode.OK) {
      throw new IllegalStateException(
          "the native libraries cannot be loaded; 'tubelet doctor' says why");
    }
  }
}
