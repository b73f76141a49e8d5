package io.tubelet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.synthetic.MotionClips;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in virtual machines of their own, ended from outside as an operating system does it. */
class KilledRunTest {
  private static final int KILLS = 3;
  private static Path clips = Path.of("");

  @BeforeAll
  static void makeClips(@TempDir Path folder) throws IOException, InterruptedException {
    clips = folder.resolve("clips");
    new MotionClips(30, 10, 32, 5).prepare(clips, done -> {});
  }

  @Test
  void pretrain_killedAtRandomMoments_resumesToTheSameWeights(@TempDir Path folder)
      throws Exception {
    Path straight = folder.resolve("straight");
    assertThat(Cli.run(arguments(straight).toArray()).exitCode()).isZero();

    Path killed = folder.resolve("killed");
    SplittableRandom rng = new SplittableRandom(1);
    for (int i = 0; i < KILLS; i++) {
      Process run = i == 0 ? start(killed) : start(killed, "--resume");
      awaitLines(run, 2 + rng.nextInt(8));
      run.destroyForcibly().waitFor();
    }
    Cli finished = Cli.run(arguments(killed, "--resume").toArray());

    assertThat(finished.exitCode()).as(finished.err()).isZero();
    assertThat(tensors(killed, "model.safetensors"))
        .isEqualTo(tensors(straight, "model.safetensors"));
    assertThat(tensors(killed, "optimizer.safetensors"))
        .isEqualTo(tensors(straight, "optimizer.safetensors"));
  }

  @Test
  void pretrain_terminated_savesFirstAndExitsWith143(@TempDir Path folder) throws Exception {
    Path run = folder.resolve("run");
    Process process = start(run);
    awaitLines(process, 3);
    process.toHandle().destroy(); // unlike Process.destroy, keeps its output readable
    String rest = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(rest).contains("Stopped and saved at step");
    try (Stream<Path> files = Files.list(run)) {
      assertThat(files.map(f -> String.valueOf(f.getFileName())).toList())
          .anyMatch(name -> name.startsWith("step-"));
    }
  }

  private static List<String> arguments(Path out, String... more) {
    List<String> words =
        Cli.smallPretrain(
            clips.resolve("train.csv"),
            out,
            "--set",
            "train.epochs=20",
            "--set",
            "train.checkpoint-every=3");
    words.addAll(List.of(more));
    return words;
  }

  private static Process start(Path out, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true"));
    command.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments(out, more));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Reads until so many lines of progress have come, or the process has ended. */
  private static void awaitLines(Process process, int count) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line;
    for (int seen = 0; seen < count && (line = out.readLine()) != null; ) {
      seen += line.contains("ETA") ? 1 : 0;
    }
  }

  /** Tensor bytes of the last step; the head before them tells the time of writing. */
  private static byte[] tensors(Path run, String file) throws IOException {
    Path last;
    try (Stream<Path> files = Files.list(run)) {
      last =
          files
              .filter(f -> String.valueOf(f.getFileName()).startsWith("step-"))
              .sorted()
              .reduce((a, b) -> b)
              .orElseThrow();
    }
    byte[] all = Files.readAllBytes(last.resolve(file));
    int header = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getInt();
    return Arrays.copyOfRange(all, 8 + header, all.length);
  }
}
