package io.tubelet.cli;

import io.tubelet.config.FineTuneConfig;
import io.tubelet.machine.Libraries;
import io.tubelet.machine.Machine;
import io.tubelet.machine.MatrixRate;
import io.tubelet.machine.NativeEnvironment;
import io.tubelet.machine.NativeLibrary;
import io.tubelet.machine.NativeSetting;
import io.tubelet.synthetic.MotionClips;
import io.tubelet.tensor.Precision;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what Tubelet runs on and says what to do about what is wrong. */
@Command(
    name = "doctor",
    description = "Show Java, native libraries, processor, GPU and memory, and advise.")
final class DoctorCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(DoctorCommand.class);

  @Option(names = "--quiet", description = "Load everything and print nothing.")
  private boolean quiet;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<String> broken =
        Stream.of(NativeLibrary.values()).flatMap(library -> library.problem().stream()).toList();
    if (quiet) {
      loadWhatCommandsUse();
      return broken.isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
    }
    PrintWriter out = spec.commandLine().getOut();
    Machine machine = Machine.detect();
    describe(out, machine);
    if (broken.isEmpty()) {
      measure(out, machine);
    } else {
      print(out, broken);
    }
    out.flush();
    return broken.isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
  }

  /** The start script keeps the classes of this command for a quick start of all others. */
  private static void loadWhatCommandsUse() throws IOException {
    FineTuneConfig.read("finetune-demo", Map.of(), MotionClips.CLASSES.size(), Optional.empty());
    LOG.debug("logging is ready");
  }

  /** What is known without any native library. */
  private static void describe(PrintWriter out, Machine machine) {
    line(out, "tubelet", Libraries.tubeletVersion());
    line(
        out,
        "Java",
        System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")");
    line(out, "system", machine.os() + ", " + System.getProperty("os.arch"));
    line(out, "processor", machine.cpu() + ", " + machine.cores() + " usable cores");
    line(
        out,
        "memory",
        gib(machine.memoryBytes())
            + ", Java heap at most "
            + gib(Runtime.getRuntime().maxMemory()));
    line(
        out,
        "JavaCPP limits",
        "maxBytes=" + limit("maxBytes") + ", maxPhysicalBytes=" + limit("maxPhysicalBytes"));
  }

  private static void measure(PrintWriter out, Machine machine) {
    Libraries libraries = Libraries.load();
    double fp32 = MatrixRate.measure(Precision.FP32, libraries.torchThreads());
    double bf16 = MatrixRate.measure(Precision.BF16, libraries.torchThreads());
    line(
        out,
        "vector units",
        libraries.cpuCapability() + ", bf16 " + (machine.hasBf16() ? "in hardware" : "emulated"));
    line(
        out,
        "libtorch",
        "%s, %s, BLAS %s, %d threads"
            .formatted(
                libraries.libtorch(),
                libraries.libtorchFolder().map(folder -> "of " + folder).orElse("bundled"),
                libraries.blas(),
                libraries.torchThreads()));
    line(out, "FFmpeg", libraries.ffmpeg());
    line(out, "OpenBLAS", libraries.openblas());
    line(out, "told to them", told(machine));
    line(
        out,
        "matrix products",
        "%.0f GFLOP/s fp32, %.0f GFLOP/s bf16, %d threads side by side"
            .formatted(fp32 / 1e9, bf16 / 1e9, libraries.torchThreads()));
    line(
        out,
        "GPU",
        libraries.cuda() ? libraries.cudaDevices() + " CUDA device(s)" : "none; the CPU is used");

    print(out, advice(machine, libraries, fp32, bf16));
  }

  private static List<String> advice(
      Machine machine, Libraries libraries, double fp32, double bf16) {
    List<String> advice = new ArrayList<>();
    NativeEnvironment.missing(machine)
        .forEach(
            setting ->
                advice.add(
                    "%s is not set: %s Set it to %s before Java starts."
                        .formatted(setting.name(), setting.reason(), setting.value())));
    if (libraries.torchThreads() < machine.cores()) {
      advice.add(
          "libtorch uses %d of %d cores; TUBELET_THREADS sets how many."
              .formatted(libraries.torchThreads(), machine.cores()));
    }
    if (libraries.torchThreads() > machine.cores()) {
      advice.add(
          "libtorch uses %d threads on %d cores, which wait for each other: set TUBELET_THREADS=%2$d."
              .formatted(libraries.torchThreads(), machine.cores()));
    }
    if (bf16 < 1.2 * fp32) {
      advice.add("bf16 products are no faster than fp32 here: keep train.precision at fp32.");
    }
    if (machine.memoryBytes() < 4L << 30) {
      advice.add("Less than 4 GiB of memory: use recipes of size Ti and a small batch.");
    }
    return advice;
  }

  private static void print(PrintWriter out, List<String> advice) {
    out.println();
    if (advice.isEmpty()) {
      out.println("Nothing to mend.");
    }
    advice.forEach(sentence -> out.println("! " + sentence));
  }

  private static void line(PrintWriter out, String what, String value) {
    out.printf(Locale.ROOT, "%-16s %s%n", what, value);
  }

  private static String gib(long bytes) {
    return "%.1f GiB".formatted(bytes / (double) (1L << 30));
  }

  /** What the libraries found in their environment, whoever set it. */
  private static String told(Machine machine) {
    List<NativeSetting> missing = NativeEnvironment.missing(machine);
    return NativeEnvironment.settings(machine).stream()
        .filter(setting -> !missing.contains(setting))
        .map(s -> s.name() + "=" + System.getenv().getOrDefault(s.name(), s.value()))
        .collect(Collectors.joining(", "));
  }

  private static String limit(String javacpp) {
    return System.getProperty("org.bytedeco.javacpp." + javacpp, "default");
  }
}
