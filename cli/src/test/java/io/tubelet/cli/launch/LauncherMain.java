package io.tubelet.cli.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A launcher in a virtual machine of its own: two {@link WatchedRank}s, logs in {@code args[0]}.
 */
final class LauncherMain {
  private LauncherMain() {}

  public static void main(String[] args) throws Exception {
    LaunchPlan plan =
        new LaunchPlan(
            new Layout(2, 1, 0),
            null,
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            0,
            Path.of(args[0]),
            "1");
    JavaRanks ranks =
        JavaRanks.likeThisProcess(WatchedRank.class.getName(), List.of(), List.of(), () -> false);
    System.exit(new Launcher(plan, ranks, new Screen(System.out, System.err)).run());
  }
}
