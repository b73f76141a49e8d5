package io.tubelet.cli.launch;

import io.tubelet.distributed.World;
import io.tubelet.distributed.WorldVariables;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Ranks in the same Java as this process, with the same options and class path. Processors, threads
 * and the heap that Java takes unasked are divided among the ranks of a machine.
 *
 * @param options of the Java virtual machine
 * @param classPath with the main class on it
 * @param mainClass its full name
 * @param words the command
 * @param resuming what is added to the command to go on from the last checkpoint
 * @param begun whether there is one, or at least a run that has begun
 */
public record JavaRanks(
    List<String> options,
    String classPath,
    String mainClass,
    List<String> words,
    List<String> resuming,
    BooleanSupplier begun)
    implements RankProgram {

  private static final String THREADS = "OMP_NUM_THREADS";

  /** The share of a machine's memory that Java lets its heap grow to. */
  private static final double USUAL_HEAP_PERCENT = 25;

  private static final String DEBUGGER = "-agentlib:jdwp";
  private static final String TERMINAL = "-Dtubelet.terminal=";

  public JavaRanks {
    options = List.copyOf(options);
    words = List.copyOf(words);
    resuming = List.copyOf(resuming);
  }

  /** As this process was started. */
  public static JavaRanks likeThisProcess(
      String mainClass, List<String> words, List<String> resuming, BooleanSupplier begun) {
    return new JavaRanks(
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        System.getProperty("java.class.path"),
        mainClass,
        words,
        resuming,
        begun);
  }

  /** A process of its own, before there are ranks: in the same Java, with another command. */
  public ProcessBuilder once(String... otherWords) {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(options.stream().filter(option -> !option.startsWith(DEBUGGER)).toList());
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(List.of(otherWords));
    return new ProcessBuilder(command);
  }

  @Override
  public boolean canResume() {
    return begun.getAsBoolean();
  }

  @Override
  public ProcessBuilder process(World world, boolean resume) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(optionsOf(world, Runtime.getRuntime().availableProcessors()));
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(words);
    if (resume) {
      command.addAll(resuming);
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.putAll(WorldVariables.of(world));
    environment.put(LauncherWatch.VARIABLE, "stdin");
    environment.put(
        THREADS,
        Integer.toString(
            share(
                threads(environment, Runtime.getRuntime().availableProcessors()),
                world.localSize())));
    return builder;
  }

  /** This process's options, less what is one process's own, and with a rank's share. */
  List<String> optionsOf(World world, int processors) {
    List<String> all =
        new ArrayList<>(
            options.stream()
                .filter(option -> !option.startsWith(DEBUGGER))
                .filter(option -> world.rank() == 0 || !option.startsWith(TERMINAL))
                .toList());
    if (has(all, "-XX:ActiveProcessorCount")) {
      return all; // somebody has thought of it
    }
    all.add("-XX:ActiveProcessorCount=" + share(processors, world.localSize()));
    if (!has(all, "-Xmx", "-XX:MaxHeapSize", "-XX:MaxRAMPercentage")) {
      all.add(
          String.format(
              Locale.ROOT, "-XX:MaxRAMPercentage=%.3f", USUAL_HEAP_PERCENT / world.localSize()));
    }
    return all;
  }

  private static boolean has(List<String> options, String... beginnings) {
    return options.stream().anyMatch(option -> Stream.of(beginnings).anyMatch(option::startsWith));
  }

  /** Threads of operators that all ranks of a machine may have together. */
  private static int threads(Map<String, String> environment, int processors) {
    String set = environment.getOrDefault(THREADS, "");
    return set.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(set) : processors;
  }

  static int share(int all, int processes) {
    return Math.max(1, all / processes);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
