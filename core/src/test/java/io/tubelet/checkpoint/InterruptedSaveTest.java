package io.tubelet.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.tensor.TensorScope;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A full disk or a killed process, at every moment of a save: a whole checkpoint is always there.
 */
class InterruptedSaveTest {
  private static final int KILLS = 12;

  private final Path folder;
  private final TensorScope scope = new TensorScope();

  InterruptedSaveTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  @Test
  void save_diskFullAtAnyByte_reportsItAndKeepsTheEarlier() throws IOException {
    Path run = folder.resolve("run");
    CheckpointStore good = new CheckpointStore(run, 1, false, new UnforcedDisk());
    long size = bytesIn(good.save(TinyRun.state(1), TinyRun.provenance(1, 0.5)).folder());

    for (long capacity = 0; capacity < size - 200; capacity += 97) {
      CheckpointStore full = new CheckpointStore(run, 1, false, FaultyDisk.full(capacity));
      assertThatThrownBy(() -> full.save(TinyRun.state(2), TinyRun.provenance(2, 0.4)))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("step-00000002")
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("untouched");
      assertThat(names(run)).containsExactly("step-00000001");
    }
    assertThat(wholeStep(good)).isEqualTo(1);

    good.save(TinyRun.state(2), TinyRun.provenance(2, 0.4));
    assertThat(wholeStep(good)).isEqualTo(2);
  }

  @Test
  void write_diskFull_keepsTheEarlierFile() throws IOException {
    Path file = folder.resolve("w.safetensors");
    Safetensors.write(file, TinyRun.parameters(1), Map.of());
    byte[] before = Files.readAllBytes(file);
    SafetensorsWriter second = new SafetensorsWriter(TinyRun.parameters(2), Map.of());
    assertThatThrownBy(() -> FaultyDisk.full(50).replace(file, second))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("No space left on device");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(names(folder)).containsExactly("w.safetensors");
  }

  @Test
  void save_killedAtAnyOperation_leavesTheOldOrTheNew() throws IOException {
    int operation = 0;
    for (boolean finished = false; !finished; operation++) {
      Path run = folder.resolve("next-" + operation);
      CheckpointStore good = new CheckpointStore(run, 1, true, new UnforcedDisk());
      good.save(TinyRun.state(1), TinyRun.provenance(1, 0.5));

      finished = saveKilledAt(operation, run, 2);

      assertThat(wholeStep(good)).isIn(1L, 2L);
      good.save(TinyRun.state(3), TinyRun.provenance(3, 0.1));
      assertThat(names(run)).containsExactly("step-00000003");
    }
    assertThat(operation).isGreaterThan(30);
  }

  @Test
  void save_killedWhileReplacingItsOwnStep_leavesTheOldOrTheNew() throws IOException {
    int operation = 0;
    for (boolean finished = false; !finished; operation++) {
      Path run = folder.resolve("same-" + operation);
      CheckpointStore good = new CheckpointStore(run, 1, false, new UnforcedDisk());
      good.save(TinyRun.state(1), TinyRun.provenance(1, 0.5));

      finished = saveKilledAt(operation, run, 1);

      assertThat(wholeStep(good)).isEqualTo(1);
      good.save(TinyRun.state(1), TinyRun.provenance(1, 0.1));
      assertThat(names(run)).containsExactly("step-00000001");
    }
    assertThat(operation).isGreaterThan(30);
  }

  /** The same with true processes and the system's own kill, again and again in one folder. */
  @Test
  void save_processKilledAtRandom_newestCheckpointIsAlwaysWhole() throws Exception {
    Path run = folder.resolve("run");
    CheckpointStore store = new CheckpointStore(run, 1, false);
    RandomGenerator random = new SplittableRandom(4);
    store.save(TinyRun.state(1), TinyRun.provenance(1, 1));
    long promised = 1;
    for (int kill = 0; kill < KILLS; kill++) {
      promised = Math.max(promised, runAndKill(run, random.nextInt(30, 200)));
      assertThat(wholeStep(store)).isGreaterThanOrEqualTo(promised);
    }
    assertThat(promised).as("the children got somewhere").isGreaterThan(KILLS);
  }

  /** Kills the child after so many lines; gives back the last step it said it had saved. */
  private static long runAndKill(Path run, int lines) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EndlessSaving.class.getName(),
                run.toString())
            .redirectErrorStream(true)
            .start();
    long saved = 0;
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      for (int i = 0; i < lines; i++) {
        String line = out.readLine();
        assertThat(line)
            .as("a line of the child")
            .isNotNull()
            .startsWith("disk")
            .matches("disk( saved \\d+)?");
        if (line.startsWith("disk saved ")) {
          saved = Long.parseLong(line.substring("disk saved ".length()));
        }
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    return saved;
  }

  private static boolean saveKilledAt(int operation, Path run, long step) throws IOException {
    CheckpointStore store = new CheckpointStore(run, 1, true, FaultyDisk.killedAt(operation));
    try {
      store.save(TinyRun.state(step), TinyRun.provenance(step, 0.4));
      return true;
    } catch (FaultyDisk.Killed e) {
      return false;
    }
  }

  /** The step of the newest checkpoint, after every number of it was seen to be that step's. */
  private static long wholeStep(CheckpointStore store) throws IOException {
    try (TensorScope inner = new TensorScope()) {
      Checkpoint latest =
          store.latest().orElseThrow(() -> new AssertionError("no checkpoint is left"));
      long step = latest.provenance().step();
      TrainingState restored = TinyRun.state(-1);
      latest.copyInto(restored.parameters(), restored.optimizer());
      for (Map<String, Tensor> tensors : List.of(restored.parameters(), restored.optimizer())) {
        tensors.values().forEach(t -> assertThat(t.min().item_double()).isEqualTo((double) step));
        tensors.values().forEach(t -> assertThat(t.max().item_double()).isEqualTo((double) step));
      }
      assertThat(latest.progress().path("step").asLong()).isEqualTo(step);
      return step;
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  private static long bytesIn(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
