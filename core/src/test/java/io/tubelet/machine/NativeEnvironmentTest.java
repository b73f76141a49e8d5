package io.tubelet.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeEnvironmentTest {
  private static final Machine INTEL = machine("Intel Xeon");
  private static final Machine AMD = machine("AMD EPYC");

  private static Machine machine(String cpu) {
    return new Machine("Linux", cpu, Set.of("avx512f"), 3, 1L << 33);
  }

  @Test
  void absent_nothingSet_isEverythingThatTheMachineNeeds() {
    assertThat(NativeEnvironment.absent(AMD, Map.of()))
        .extracting(NativeSetting::name, NativeSetting::value)
        .containsExactly(
            tuple("OMP_NUM_THREADS", "3"),
            tuple("OMP_WAIT_POLICY", "PASSIVE"),
            tuple("OPENBLAS_NUM_THREADS", "1"),
            tuple("OPENBLAS_CORETYPE", "SkylakeX"));
  }

  @Test
  void absent_setByTheUser_isLeftAlone() {
    assertThat(NativeEnvironment.absent(INTEL, Map.of("OMP_WAIT_POLICY", "ACTIVE")))
        .extracting(NativeSetting::name)
        .containsExactly("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS");
  }

  /**
   * What the script says before Java starts and what a library's user says in Java is one thing.
   */
  @Test
  void settings_ofThisClass_areThoseOfTheStartScript() throws IOException {
    Path script = Path.of(System.getProperty("tubelet.root"), "tubelet");

    assertThat(NativeEnvironment.settings(AMD))
        .allSatisfy(
            setting ->
                assertThat(script).content().containsPattern("export " + setting.name() + "="));
  }

  @Test
  void prepare_inAProcessOfItsOwn_isHeardByTheLibraries(@TempDir Path folder) throws Exception {
    assumeThat(NativeEnvironment.missing(INTEL)).as("only where it can be set").isEmpty();

    assertThat(printedBy(folder, "prepared"))
        .contains("threads 3", "OMP_WAIT_POLICY = 'PASSIVE'", "late: libtorch or OpenBLAS");
  }

  /** Runs {@link Prepared} without the variables, and with OpenMP's own account of its settings. */
  private static String printedBy(Path folder, String name)
      throws IOException, InterruptedException {
    Path out = folder.resolve(name);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Prepared.class.getName());
    ProcessBuilder process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    NativeEnvironment.settings(AMD).forEach(set -> process.environment().remove(set.name()));
    process.environment().put("OMP_NUM_THREADS", "3");
    process.environment().put("OMP_DISPLAY_ENV", "true");
    assertThat(process.start().waitFor()).isZero();
    return Files.readString(out);
  }

  /** The program that {@link #printedBy} runs. */
  static final class Prepared {
    public static void main(String[] args) {
      NativeEnvironment.prepare();
      System.out.println("threads " + torch.get_num_threads());
      try {
        NativeEnvironment.prepare();
      } catch (IllegalStateException late) {
        System.out.println("late: " + late.getMessage());
      }
    }
  }
}
