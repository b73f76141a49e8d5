package io.tubelet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.synthetic.MotionClips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  private static Path clips = Path.of("");

  @BeforeAll
  static void makeClips(@TempDir Path folder) throws IOException, InterruptedException {
    clips = folder.resolve("clips");
    new MotionClips(30, 10, 32, 5).prepare(clips, done -> {});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "pretrain",
        "reconstruct",
        "convert",
        "inspect",
        "recipes",
        "doctor",
        "show",
        "tokenizer",
        "bench"
      })
  void help_everyCommand_namesItsOptions(String command) {
    Cli help = Cli.run(command, "--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("Usage: tubelet " + command, "--help", "--stacktrace");
  }

  @Test
  void help_top_listsExitCodes() {
    assertThat(Cli.run("--help").out()).contains("Exit codes", "nothing was learnt", "143");
  }

  @Test
  void pretrainAndReconstruct_smallRun_leaveReportAndPictures(@TempDir Path folder) {
    Path run = folder.resolve("run");
    Cli trained =
        Cli.run(
            Cli.smallPretrain(clips.resolve("train.csv"), run, "--set", "train.epochs=4")
                .toArray());
    Path video = clips.resolve("left").resolve("left_000.mp4");
    Cli pictures =
        Cli.run(
            "reconstruct", "--checkpoint", run, "--video", video, "--out", folder.resolve("out"));

    assertThat(trained.err()).isEmpty();
    assertThat(trained.exitCode()).isZero();
    assertThat(trained.out()).contains("tokens", "ETA", "clips/s", "Report:");
    assertThat(run.resolve("report.html")).exists();
    assertThat(pictures.exitCode()).isZero();
    assertThat(folder.resolve("out"))
        .isDirectoryContaining("glob:**ratio-0.75-true-statistics.png")
        .isDirectoryContaining("glob:**ratio-0.95-visible-statistics.png")
        .isDirectoryContaining("glob:**reconstruction.mp4")
        .isDirectoryContaining("glob:**reconstruction.gif");
  }

  @Test
  void pretrain_recipeOfContrast_trainsAndHasNothingToReconstructWith(@TempDir Path folder) {
    Path run = folder.resolve("run");
    Cli trained =
        Cli.run(
            "pretrain",
            "--recipe",
            "moco-v3-demo",
            "--data",
            clips.resolve("train.csv"),
            "--out",
            run,
            "--set",
            "model.clip.height=32",
            "--set",
            "model.clip.width=32",
            "--set",
            "model.heads={hidden: 32, output: 16}",
            "--set",
            "train.batch=8",
            "--set",
            "train.epochs=2",
            "--set",
            "optimizer.warmup-epochs=0",
            "--set",
            "data.cache=0");
    Path video = clips.resolve("left").resolve("left_000.mp4");
    Cli pictures =
        Cli.run(
            "reconstruct", "--checkpoint", run, "--video", video, "--out", folder.resolve("out"));
    Cli foreign =
        Cli.run("convert", "--from", run, "--to", folder.resolve("x.pth"), "--format", "videomae");

    assertThat(trained.err()).isEmpty();
    assertThat(trained.out()).contains("2 views of each video", "guessing", "Report:");
    assertThat(pictures.exitCode()).isNotZero();
    assertThat(pictures.err()).contains("has no decoder").hasLineCount(1);
    assertThat(foreign.exitCode()).isNotZero();
  }

  @Test
  void recipes_oneOfContrast_isPrintedCompletely() {
    Cli recipe = Cli.run("recipes", "moco-v3-demo", "--set", "contrast.temperature=0.3");

    assertThat(recipe.exitCode()).isZero();
    assertThat(recipe.out()).contains("temperature: 0.3", "colour-jitter", "frozen-patches: true");
  }

  @Test
  void showMasks_aVideoOrNone_isAPicture(@TempDir Path folder) throws IOException {
    Path video = clips.resolve("left").resolve("left_000.mp4");
    Path mine = folder.resolve("mine.png");
    Path embedded = folder.resolve("embedded.png");

    Cli one = Cli.run("show", "masks", "--video", video, "--recipe", "demo", "--out", mine);
    Cli other = Cli.run("show", "masks", "--recipe", "demo", "--out", embedded);

    assertThat(one.err() + other.err()).isEmpty();
    assertThat(one.out()).contains("mine.png");
    assertThat(ImageIO.read(mine.toFile()).getWidth()).isGreaterThan(400);
    assertThat(Files.readAllBytes(mine)).isNotEqualTo(Files.readAllBytes(embedded));
  }

  @Test
  void pretrain_dryRun_printsThePlanAndMakesNothing(@TempDir Path folder) {
    Path run = folder.resolve("run");
    Cli plan = Cli.run(Cli.smallPretrain(clips.resolve("train.csv"), run, "--dry-run").toArray());

    assertThat(plan.exitCode()).isZero();
    assertThat(plan.out())
        .contains(
            "visible", "parameters", "GFLOP", "memory", "updates", "learning rate", "made ahead")
        .contains("fresh weights");
    assertThat(run).doesNotExist();
  }

  @Test
  void pretrain_emptyFolder_saysSo(@TempDir Path folder) {
    assertFails(ExitCode.DATA, List.of("pretrain", "--recipe", "demo", "--data", folder), folder);
  }

  @Test
  void pretrain_missingFolder_saysSo(@TempDir Path folder) {
    Path missing = folder.resolve("nowhere");
    assertFails(ExitCode.DATA, List.of("pretrain", "--recipe", "demo", "--data", missing), missing);
  }

  @Test
  void pretrain_listLineThatIsNoPath_namesTheLine(@TempDir Path folder) throws IOException {
    Path list = Files.writeString(folder.resolve("list.txt"), "# videos\nnowhere.mp4\n");
    assertFails(
        ExitCode.DATA, List.of("pretrain", "--recipe", "demo", "--data", list), "2", "nowhere.mp4");
  }

  @Test
  void pretrain_unknownKey_offersTheNearest() {
    assertFails(
        ExitCode.USAGE,
        List.of("pretrain", "--recipe", "demo", "--data", clips, "--set", "mask.ration=0.5"),
        "mask.ration",
        "mask.ratio");
  }

  @Test
  void pretrain_sizesThatDoNotDivide_nameBothNumbers() {
    assertFails(
        ExitCode.USAGE,
        List.of("pretrain", "--recipe", "demo", "--data", clips, "--set", "model.clip.width=50"),
        "50",
        "8");
  }

  @Test
  void pretrain_folderOfAnotherRun_isRefusedAndKept(@TempDir Path folder) {
    Path run = folder.resolve("run");
    Path list = clips.resolve("train.csv");
    Cli.run(Cli.smallPretrain(list, run, "--set", "train.epochs=4").toArray());

    assertFails(
        ExitCode.FAILURE, Cli.smallPretrain(list, run, "--set", "train.epochs=4"), "resume");
    assertFails(
        ExitCode.FAILURE, Cli.smallPretrain(list, run, "--resume", "--set", "seed=1"), "seed");
    assertThat(run.resolve("report.html")).exists();
  }

  @Test
  void pretrain_everyVideoBroken_failsWithTheDataCode(@TempDir Path folder) throws IOException {
    Path list = folder.resolve("list.txt");
    for (int i = 0; i < 10; i++) {
      Files.writeString(folder.resolve("v%d.mp4".formatted(i)), "");
      Files.writeString(
          list, "v%d.mp4%n".formatted(i), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    assertFails(
        ExitCode.DATA,
        Cli.smallPretrain(list, folder.resolve("run")),
        "10 videos",
        ".mp4 (is empty)");
  }

  @Test
  void reconstruct_videoThatIsNone_namesTheFile(@TempDir Path folder) throws IOException {
    Path run = folder.resolve("run");
    Cli.run(
        Cli.smallPretrain(clips.resolve("train.csv"), run, "--set", "train.epochs=4").toArray());
    Path text = Files.writeString(folder.resolve("text.mp4"), "no video");

    assertFails(
        ExitCode.DATA,
        List.of("reconstruct", "--checkpoint", run, "--video", text, "--out", folder),
        "text.mp4");
    assertFails(
        ExitCode.DATA,
        List.of(
            "reconstruct",
            "--checkpoint",
            run,
            "--video",
            clips.resolve("left/left_000.mp4"),
            "--out",
            folder,
            "--stream",
            "2"),
        "no stream 2");
    assertFails(
        ExitCode.USAGE,
        List.of(
            "reconstruct",
            "--checkpoint",
            run,
            "--video",
            clips.resolve("left/left_000.mp4"),
            "--out",
            folder,
            "--ratio",
            "1"),
        "ratio",
        "1.0");
  }

  @Test
  void reconstruct_fileThatIsNoCheckpoint_namesTheFile(@TempDir Path folder) throws IOException {
    Path noise = Files.write(folder.resolve("model.safetensors"), new byte[100]);

    assertFails(
        ExitCode.FAILURE,
        List.of("reconstruct", "--checkpoint", noise, "--video", noise, "--out", folder),
        "model.safetensors");
  }

  @Test
  void recipes_list_hasEveryShippedRecipe() {
    assertThat(Cli.run("recipes").out())
        .contains("demo", "jhmdb-small", "videomae-k400-vit-b-800", "mae-st-k400-vit-l");
    assertThat(Cli.run("recipes", "jhmdb-small").out()).contains("ratio: 0.75", "epochs: 215");
  }

  /** One line that has all these words, and the exit code. */
  private static void assertFails(int exitCode, List<?> arguments, Object... words) {
    Cli failed = Cli.run(arguments.toArray());

    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(exitCode);
    assertThat(failed.err().strip()).hasLineCount(1).startsWith("tubelet: ");
    for (Object word : words) {
      assertThat(failed.err()).contains(word.toString());
    }
  }
}
