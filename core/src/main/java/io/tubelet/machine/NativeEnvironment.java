package io.tubelet.machine;

import io.tubelet.machine.CLibrary.MallocSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Loader;

/**
 * What libtorch, OpenBLAS and the allocator must be told before they are loaded. The start script
 * tells them; a program that uses Tubelet as a library calls {@link #prepare} first.
 */
public final class NativeEnvironment {
  private static final List<String> JAVACPP_LIMITS = List.of("maxBytes", "maxPhysicalBytes");

  /** As large as the allocator takes it: freed activations stay with the process. */
  private static final int NEVER = Integer.MAX_VALUE;

  /** The largest threshold that every glibc takes. */
  private static final int MMAP_THRESHOLD_OF_OLD_GLIBC = 32 << 20;

  private static final int ARENAS = 4;

  private static final String GPUS = "CUDA_VISIBLE_DEVICES";

  private NativeEnvironment() {}

  /** The variables that {@code machine} needs. */
  public static List<NativeSetting> settings(Machine machine) {
    List<NativeSetting> settings = new ArrayList<>();
    settings.add(
        new NativeSetting(
            "OMP_NUM_THREADS",
            Integer.toString(machine.cores()),
            "libtorch may start more threads than there are cores to use."));
    settings.add(
        new NativeSetting(
            "OMP_WAIT_POLICY",
            "PASSIVE",
            "waiting threads take the cores from those that compute."));
    settings.add(
        new NativeSetting(
            "OPENBLAS_NUM_THREADS", "1", "fused attention can be several times slower."));
    if (machine.needsOpenBlasCoreType()) {
      settings.add(
          new NativeSetting(
              "OPENBLAS_CORETYPE",
              "SkylakeX",
              "OpenBLAS does not know this AMD processor's AVX-512: half the speed."));
    }
    return settings;
  }

  /**
   * Those of {@link #settings} that nobody has set and {@link #prepare} cannot set on this system:
   * they must be set before Java starts.
   */
  public static List<NativeSetting> missing(Machine machine) {
    return CLibrary.ofThisProcess().isPresent() ? List.of() : absent(machine, System.getenv());
  }

  /** Those of {@link #settings} that {@code environment} does not have, with whatever value. */
  static List<NativeSetting> absent(Machine machine, Map<String, String> environment) {
    return settings(machine).stream()
        .filter(setting -> !environment.containsKey(setting.name()))
        .toList();
  }

  /**
   * Makes this process ready for training: lifts JavaCPP's limits of native memory, sets the
   * variables that nobody has set, and lets the allocator keep freed memory, which costs page
   * faults at every step otherwise. To be called once, before anything else of Tubelet.
   *
   * @return the variables that it set; none on Windows, where they must be set before Java starts
   * @throws IllegalStateException when native libraries are loaded already, which no longer listen
   */
  public static List<NativeSetting> prepare() {
    if (Loader.getLoadedLibraries().keySet().stream().anyMatch(NativeEnvironment::listens)) {
      throw new IllegalStateException(
          "libtorch or OpenBLAS is loaded already: call NativeEnvironment.prepare() before anything"
              + " else of Tubelet");
    }
    for (String limit : JAVACPP_LIMITS) {
      String property = "org.bytedeco.javacpp." + limit;
      System.setProperty(property, System.getProperty(property, "0"));
    }
    List<NativeSetting> absent = absent(Machine.detect(), System.getenv());
    boolean allocatorIsSet = System.getenv("MALLOC_TRIM_THRESHOLD_") != null;
    if (absent.isEmpty() && allocatorIsSet) {
      return List.of();
    }
    return CLibrary.ofThisProcess()
        .map(
            library -> {
              absent.forEach(setting -> library.setEnvironment(setting.name(), setting.value()));
              if (!allocatorIsSet) {
                keepFreedMemory(library);
              }
              return absent;
            })
        .orElse(List.of());
  }

  /**
   * Leaves one GPU to this process, before libtorch looks for any: that of its place among those it
   * could see, unless somebody has left it one already. Where there is none, nothing changes.
   *
   * @param place of this process among those of its machine, from 0
   * @param processes of this machine
   */
  public static void chooseGpu(int place, int processes) {
    String seen = System.getenv(GPUS);
    List<String> gpus = seen == null ? List.of() : List.of(seen.split(","));
    boolean decided = gpus.size() == 1 || processes == 1;
    if (!decided && (gpus.isEmpty() || place < gpus.size())) {
      String own = gpus.isEmpty() ? Integer.toString(place) : gpus.get(place);
      CLibrary.ofThisProcess().ifPresent(library -> library.setEnvironment(GPUS, own));
    }
  }

  private static boolean listens(String library) {
    return library.contains("openblas") || library.contains("torch") || library.contains("omp");
  }

  private static void keepFreedMemory(CLibrary library) {
    library.setMalloc(MallocSetting.TRIM_THRESHOLD, NEVER);
    if (!library.setMalloc(MallocSetting.MMAP_THRESHOLD, NEVER)) {
      library.setMalloc(MallocSetting.MMAP_THRESHOLD, MMAP_THRESHOLD_OF_OLD_GLIBC);
    }
    library.setMalloc(MallocSetting.ARENA_MAX, ARENAS);
  }
}
