package io.tubelet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.synthetic.MotionClips;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerCommandTest {
  private static Path list = Path.of("");

  @BeforeAll
  static void makeClips(@TempDir Path folder) throws IOException, InterruptedException {
    new MotionClips(30, 10, 32, 5).prepare(folder, done -> {});
    list = folder.resolve("train.csv");
  }

  private static Cli train(Path out, String... more) {
    List<Object> words = new ArrayList<>(List.of("tokenizer", "train", "--data", list));
    words.addAll(List.of("--out", out, "--set", "data.cache=0", "--set", "model.width=4"));
    words.addAll(List.of("--set", "picture.height=16", "--set", "picture.width=16"));
    words.addAll(List.of("--set", "train.updates=2", "--set", "train.warmup=1"));
    words.addAll(List.of(more));
    return Cli.run(words.toArray());
  }

  @Test
  void train_dryRun_printsThePlanAndWritesNothing(@TempDir Path folder) {
    Cli plan = train(folder.resolve("words"), "--dry-run");
    assertThat(plan.exitCode()).isZero();
    assertThat(plan.out()).contains("2 x 2 words of 8 pixels", "256 words", "2 updates");
    assertThat(folder.resolve("words")).doesNotExist();
  }

  @Test
  void train_hardlyAnyUpdates_leavesWithNothingLearnt(@TempDir Path folder) {
    Cli trained = train(folder.resolve("words"));
    assertThat(trained.exitCode()).isEqualTo(ExitCode.NOT_LEARNT);
    assertThat(trained.out()).contains("Nothing learnt", "Report:");
    assertThat(folder.resolve("words").resolve("words.png")).exists();
  }

  @Test
  void train_unknownSetting_isAWrongCommandLine(@TempDir Path folder) {
    Cli wrong = train(folder.resolve("words"), "--set", "train.epochs=3");
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).contains("train.epochs");
  }
}
