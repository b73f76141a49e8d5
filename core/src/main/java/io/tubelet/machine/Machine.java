package io.tubelet.machine;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * This computer as the operating system describes it; no native library is loaded.
 *
 * @param os name and version
 * @param cpu model name, or "unknown"
 * @param cpuFlags instruction-set flags, empty where the system does not list them
 * @param cores processors that this process may use
 * @param memoryBytes physical memory, or the container's limit where that is smaller
 */
public record Machine(String os, String cpu, Set<String> cpuFlags, int cores, long memoryBytes) {

  /** Asks the operating system. */
  public static Machine detect() {
    return new Machine(
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        cpuField("model name").orElse("unknown"),
        new TreeSet<>(Arrays.asList(cpuField("flags").orElse("").split("\\s+"))),
        Runtime.getRuntime().availableProcessors(),
        memory());
  }

  /** Whether matrix products in bfloat16 run in hardware. */
  public boolean hasBf16() {
    return cpuFlags.contains("avx512_bf16") || cpuFlags.contains("amx_bf16");
  }

  /** Whether this is an AMD part with AVX-512, which OpenBLAS must be told about. */
  public boolean needsOpenBlasCoreType() {
    return cpu.contains("AMD") && cpuFlags.contains("avx512f");
  }

  /** Resident memory of this process, where the system tells (Linux). */
  public static OptionalLong residentBytes() {
    return kilobytes(Path.of("/proc/self/status"), "VmRSS:");
  }

  /** The most memory this process ever held, where the system tells (Linux). */
  public static OptionalLong peakResidentBytes() {
    return kilobytes(Path.of("/proc/self/status"), "VmHWM:");
  }

  /**
   * Lets {@link #peakResidentBytes} begin again from what is held now.
   *
   * @return whether the system did so; elsewhere the peak stays that of the whole process
   */
  public static boolean forgetPeakResidentBytes() {
    try {
      Files.writeString(Path.of("/proc/self/clear_refs"), "5");
      return true;
    } catch (IOException notPossible) {
      return false;
    }
  }

  /** Processor time that all threads of this process have used, in nanoseconds. */
  public static long processorNanos() {
    return system().getProcessCpuTime();
  }

  /** The virtual machine knows the limits of containers, of either cgroup version. */
  private static long memory() {
    return system().getTotalMemorySize();
  }

  private static OperatingSystemMXBean system() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  }

  private static OptionalLong kilobytes(Path file, String key) {
    try (Stream<String> lines = lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst();
    }
  }

  private static Optional<String> cpuField(String key) {
    try (Stream<String> lines = lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst();
    }
  }

  private static Stream<String> lines(Path file) {
    if (!Files.isReadable(file)) {
      return Stream.empty();
    }
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
