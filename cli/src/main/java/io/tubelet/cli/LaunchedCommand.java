package io.tubelet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * A command that ranks run together.
 *
 * @param run its run, if it trains one
 * @param resuming words that make it go on with a run that has begun
 */
record LaunchedCommand(Optional<RunOptions> run, List<String> resuming) {
  private static final String RESUME = "--resume";

  private static final Set<String> TOGETHER = Set.of("evaluate", "finetune", "pretrain", "probe");

  /**
   * Reads it as each rank will, so that a wrong word is told once and before any rank starts.
   *
   * @throws IllegalArgumentException when it is wrong, or cannot be run by several processes
   */
  static LaunchedCommand parse(List<String> words) {
    String name = words.get(0);
    if (!TOGETHER.contains(name)) {
      throw new IllegalArgumentException(
          "'%s' cannot be launched; what can: %s"
              .formatted(name, String.join(", ", TOGETHER.stream().sorted().toList())));
    }
    CommandSpec spec;
    try {
      spec = Main.commandLine().parseArgs(words.toArray(String[]::new)).subcommand().commandSpec();
    } catch (ParameterException wrong) {
      throw new IllegalArgumentException("%s: %s".formatted(name, wrong.getMessage()), wrong);
    }
    Optional<RunOptions> run =
        spec.mixins().values().stream()
            .map(CommandSpec::userObject)
            .filter(RunOptions.class::isInstance)
            .map(RunOptions.class::cast)
            .findFirst();
    boolean resumes = run.isEmpty() || words.contains(RESUME);
    return new LaunchedCommand(run, resumes ? List.of() : List.of(RESUME));
  }

  /** The folder of its run. */
  Optional<Path> folder() {
    return run.map(RunOptions::folder);
  }
}
