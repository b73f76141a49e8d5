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

  private static final List<String> SMALL_FINE_TUNING =
      List.of(
          "model.clip.height=32",
          "model.clip.width=32",
          "model.encoder.width=32",
          "model.drop-path=0.2",
          "model.dropout=0.3",
          "data.flip=0.5",
          "data.repeats=2",
          "data.cache=0",
          "supervision.rand-augment=rand-m7-n4-mstd0.5-inc1",
          "supervision.erasing.probability=0.5",
          "supervision.mix={mixup-alpha: 0.8, cutmix-alpha: 1, probability: 1, switch-probability: 0.5}",
          "optimizer.warmup-epochs=0",
          "averaging=0.9",
          "train.epochs=40",
          "train.batch=4",
          "train.accumulate=2",
          "train.checkpoint-every=3",
          "train.log-every=1",
          "validation.views.short-side=32",
          "validation.every-epochs=4");

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
    Path killed = folder.resolve("killed");

    runThrough(pretraining(straight));
    killAndResume(pretraining(killed), 1);

    assertSameTensors(killed, straight);
  }

  /** With a running average of the weights, validation, and whatever draws random numbers. */
  @Test
  void finetune_killedAtRandomMoments_resumesToTheSameWeights(@TempDir Path folder)
      throws Exception {
    Path straight = folder.resolve("straight");
    Path killed = folder.resolve("killed");

    runThrough(fineTuning(straight));
    killAndResume(fineTuning(killed), 2);

    assertSameTensors(killed, straight);
    assertThat(killed.resolve("validation.jsonl"))
        .hasSameTextualContentAs(straight.resolve("validation.jsonl"));
  }

  private static void runThrough(List<String> words) {
    Cli finished = Cli.run(words.toArray());
    assertThat(finished.exitCode()).as(finished.err()).isZero();
  }

  private static void killAndResume(List<String> words, long seed) throws Exception {
    SplittableRandom rng = new SplittableRandom(seed);
    List<String> resuming = new ArrayList<>(words);
    resuming.add("--resume");
    for (int i = 0; i < KILLS; i++) {
      Process run = start(i == 0 ? words : resuming);
      awaitLines(run, "ETA", 2 + rng.nextInt(8));
      assertThat(run.isAlive()).as("killed before its end").isTrue();
      run.destroyForcibly().waitFor();
    }
    runThrough(resuming);
  }

  private static void assertSameTensors(Path one, Path other) throws IOException {
    for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
      assertThat(tensors(one, file)).as(file).isEqualTo(tensors(other, file));
    }
  }

  @Test
  void pretrain_terminated_savesFirstAndExitsWith143(@TempDir Path folder) throws Exception {
    Path run = folder.resolve("run");
    Process process = start(pretraining(run));
    awaitLines(process, "ETA", 3);
    process.toHandle().destroy(); // unlike Process.destroy, keeps its output readable
    String rest = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(rest).contains("the run is saved", "Stopped and saved at step");
    try (Stream<Path> files = Files.list(run)) {
      assertThat(files.map(f -> String.valueOf(f.getFileName())).toList())
          .anyMatch(name -> name.startsWith("step-"));
    }
  }

  @Test
  void evaluate_terminated_saysThatNothingIsWritten(@TempDir Path folder) throws Exception {
    Path run = folder.resolve("run");
    runThrough(fineTuning(run, "train.epochs=1", "validation.every-epochs=1"));
    List<String> words = new ArrayList<>(List.of("evaluate", "--checkpoint", run.toString()));
    words.addAll(List.of("--data", clips.resolve("train.csv").toString(), "--views", "3000x3"));
    words.addAll(List.of("--workers", "1"));
    Process process = start(words);
    awaitLines(process, "videos of 10 classes", 1);
    process.toHandle().destroy();
    String rest = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(rest).contains("stopping after this batch; nothing is written");
    assertThat(run.resolve("evaluation")).doesNotExist();
  }

  private static List<String> pretraining(Path out) {
    return Cli.smallPretrain(
        clips.resolve("train.csv"),
        out,
        "--set",
        "train.epochs=20",
        "--set",
        "train.checkpoint-every=3");
  }

  private static List<String> fineTuning(Path out, String... changes) {
    List<String> words = new ArrayList<>(List.of("finetune", "--from-scratch"));
    words.addAll(List.of("--recipe", "finetune-demo", "--out", out.toString()));
    for (String list : List.of("train", "val")) {
      words.addAll(List.of("--" + list, clips.resolve(list + ".csv").toString()));
    }
    Stream.concat(SMALL_FINE_TUNING.stream(), Arrays.stream(changes))
        .forEach(setting -> words.addAll(List.of("--set", setting)));
    return words;
  }

  private static Process start(List<String> words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true"));
    command.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(words);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Reads until so many lines of a kind have come, or the process has ended. */
  private static void awaitLines(Process process, String kind, int count) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line;
    for (int seen = 0; seen < count && (line = out.readLine()) != null; ) {
      seen += line.contains(kind) ? 1 : 0;
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
