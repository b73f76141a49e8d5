package io.tubelet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.clip.Frames;
import io.tubelet.synthetic.MotionClips;
import io.tubelet.video.EncodeOptions;
import io.tubelet.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fine-tuning, evaluation and prediction as a user calls them. */
class FineTuneCommandsTest {
  private static final Map<String, String> SMALL =
      Map.of(
          "model.clip.height", "32",
          "model.clip.width", "32",
          "model.encoder.width", "32",
          "model.encoder.depth", "1",
          "validation.views.short-side", "32",
          "optimizer.warmup-epochs", "0",
          "train.epochs", "2",
          "train.batch", "4",
          "train.log-every", "1",
          "data.cache", "0");

  private static Path clips = Path.of("");
  private static Path pretrained = Path.of("");
  private static Path finetuned = Path.of("");
  private static Cli training = new Cli(0, "", "");

  @BeforeAll
  static void trainOnce(@TempDir Path folder) throws IOException, InterruptedException {
    clips = folder.resolve("clips");
    new MotionClips(30, 10, 32, 5).prepare(clips, done -> {});
    pretrained = folder.resolve("pretrained");
    finetuned = folder.resolve("finetuned");
    Cli.run(
        Cli.smallPretrain(clips.resolve("pretrain.txt"), pretrained, "--set", "train.epochs=4")
            .toArray());
    training =
        finetune(finetuned, "--checkpoint", pretrained, "--classes", clips.resolve("classes.txt"));
  }

  @Test
  void finetune_fromACheckpoint_tellsHowItGoesAndLeavesAReport() {
    assertThat(training.err()).isEmpty();
    assertThat(training.exitCode()).isZero();
    assertThat(training.out())
        .contains("starts from", pretrained.toString())
        .contains("validation after epoch 2.0: top-1")
        .contains("Top-1", "10 of 10 videos", "Best checkpoint:", "Report:");
    assertThat(finetuned)
        .isDirectoryContaining("glob:**/report.html")
        .isDirectoryContaining("glob:**/validation.jsonl")
        .isDirectoryContaining("glob:**/step-*");
  }

  @Test
  void evaluateAndPredict_theFineTunedRun_nameItsClasses(@TempDir Path folder) throws IOException {
    Cli evaluated =
        Cli.run(
            "evaluate",
            "--checkpoint",
            finetuned,
            "--data",
            clips.resolve("test.csv"),
            "--views",
            "2x3",
            "--batch",
            "7");
    Cli guessed =
        Cli.run(
            "predict", "--checkpoint", finetuned, clips.resolve("left/left_000.mp4"), "--top", "3");

    assertThat(evaluated.err()).isEmpty();
    assertThat(evaluated.exitCode()).isZero();
    assertThat(evaluated.out())
        .contains("10 videos of 10 classes", "Top-1", "10 of 10 videos", "2x3", "Report:");
    assertThat(finetuned.resolve("evaluation"))
        .isDirectoryContaining("glob:**/evaluation.html")
        .isDirectoryContaining("glob:**/evaluation.json")
        .isDirectoryContaining("glob:**/predictions.jsonl");
    assertThat(Files.readAllLines(finetuned.resolve("evaluation/predictions.jsonl"))).hasSize(10);
    assertThat(guessed.exitCode()).isZero();
    assertThat(guessed.out().lines()).hasSize(1 + 3);
    assertThat(guessed.out().lines().skip(1))
        .allMatch(line -> line.strip().matches("\\d+\\.\\d %  [a-z]+"));
  }

  @Test
  void predictAndEvaluate_whatIsReadOfAFile_isAsAskedFor(@TempDir Path folder) {
    Path video = clips.resolve("left/left_000.mp4");
    List<Object> predict = List.of("predict", "--checkpoint", finetuned, video);
    List<Object> evaluate =
        List.of("evaluate", "--checkpoint", finetuned, "--data", clips.resolve("test.csv"));
    for (List<Object> command : List.of(predict, evaluate)) {
      assertFails(
          ExitCode.DATA,
          with(command, "--stream", "1"),
          "has 1 video streams, no stream 1 counted from 0");
      assertFails(
          ExitCode.DATA, with(command, "--max-frame-pixels", "100"), "max-frame-pixels=100");
      assertFails(ExitCode.USAGE, with(command, "--deadline", "0"), "open.deadline", "0.0");
    }
    Cli cached = with(predict, "--index-cache", folder.resolve("cache"));
    assertThat(cached.exitCode()).isZero();
    assertThat(folder.resolve("cache")).isNotEmptyDirectory();
  }

  private static Cli with(List<Object> words, Object... more) {
    return Cli.run(Stream.concat(words.stream(), Stream.of(more)).toArray());
  }

  @Test
  void finetune_dryRun_printsThePlanAndMakesNothing(@TempDir Path folder) {
    Cli plan = finetune(folder.resolve("run"), "--from-scratch", "--dry-run");

    assertThat(plan.exitCode()).isZero();
    assertThat(plan.out())
        .contains("10 of 10 classes", "parameters", "GFLOP", "updates", "layer decay")
        .contains("1x1 centre stride 2")
        .contains("rand-augment none", "fresh weights, drawn from the seed");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void explain_printsFramesAndBoxes(@TempDir Path folder) {
    Cli drawn = finetune(folder.resolve("run"), "--from-scratch", "--explain");
    Cli views =
        Cli.run(
            "evaluate",
            "--checkpoint",
            finetuned,
            "--data",
            clips.resolve("test.csv"),
            "--views",
            "2x1",
            "--explain",
            clips.resolve("left/left_000.mp4"));

    assertThat(drawn.exitCode()).isZero();
    assertThat(drawn.out()).containsIgnoringCase("frames").contains("_000.mp4");
    assertThat(views.exitCode()).isZero();
    assertThat(views.out()).containsIgnoringCase("frames").contains("0 2 4 6 8");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void finetune_inTheFolderOfARun_resumesTheSameClassesAlone() {
    assertFails(
        ExitCode.FAILURE,
        finetune(finetuned, "--checkpoint", pretrained),
        "holds a run already",
        "--resume");

    assertFails(
        ExitCode.FAILURE,
        finetune(finetuned, "--checkpoint", pretrained, "--resume"),
        "class 0 'left', now it is '0'");

    Cli resumed =
        finetune(
            finetuned,
            "--checkpoint",
            pretrained,
            "--resume",
            "--classes",
            clips.resolve("classes.txt"));

    assertThat(resumed.err()).isEmpty();
    assertThat(resumed.exitCode()).isZero();
    assertThat(resumed.out()).contains("the checkpoint", "Top-1");
  }

  @Test
  void finetune_beginningUnclear_isAUsageError(@TempDir Path folder) {
    Cli neither = finetune(folder);
    Cli both = finetune(folder, "--from-scratch", "--checkpoint", pretrained);

    assertThat(neither.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(neither.err()).contains("--checkpoint", "--from-scratch");
    assertThat(both.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(both.err()).contains("mutually exclusive");
  }

  @Test
  void finetune_recipeOfAnotherKind_isRefused(@TempDir Path folder) {
    assertFails(
        ExitCode.USAGE,
        finetune(folder, "--from-scratch", "--recipe", "demo"),
        "recipe demo",
        "pre-training");
    assertFails(
        ExitCode.USAGE,
        Cli.run("pretrain", "--recipe", "finetune-demo", "--data", clips),
        "recipe finetune-demo",
        "fine-tuning");
  }

  @Test
  void finetune_oddBatchWithMixup_isRefusedWithItsNumber(@TempDir Path folder) {
    assertFails(
        ExitCode.USAGE,
        finetune(
            folder.resolve("run"),
            "--from-scratch",
            "--set",
            "train.batch=5",
            "--set",
            "supervision.mix={mixup-alpha: 0.8, cutmix-alpha: 1, probability: 1, switch-probability: 0.5}"),
        "train.batch must be even, got 5");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void finetune_encoderThatDoesNotFit_isRefusedAndTheFolderStaysFree(@TempDir Path folder) {
    assertFails(
        ExitCode.FAILURE,
        finetune(folder, "--checkpoint", pretrained, "--set", "model.encoder.width=64"),
        "does not fit",
        "[64",
        "[32");
    assertThat(finetune(folder, "--checkpoint", pretrained).exitCode()).isZero();
  }

  @Test
  void finetune_labelOutsideTheClassList_isNamedWithItsLine(@TempDir Path folder)
      throws IOException {
    Path classes = Files.write(folder.resolve("classes.txt"), List.of("left", "right", "up"));

    assertFails(
        ExitCode.DATA,
        finetune(folder.resolve("run"), "--from-scratch", "--classes", classes),
        "train.csv",
        "line ",
        "class list has 3 classes");
  }

  @Test
  void finetune_classWithoutAClip_isNamed(@TempDir Path folder) throws IOException {
    List<String> lines = new ArrayList<>(list("train.csv"));
    lines.removeIf(line -> line.endsWith(" 3"));
    Path train = Files.write(folder.resolve("train.csv"), lines);

    assertFails(
        ExitCode.DATA,
        finetune(folder.resolve("run"), "--from-scratch", "--train", train),
        "class 3",
        "no clip");
  }

  @Test
  void finetune_validationClipAmongTheTrained_isWarnedOfByName(@TempDir Path folder)
      throws IOException {
    List<String> lines = new ArrayList<>(list("train.csv"));
    String stranger = list("val.csv").get(4);
    lines.add(stranger);
    Path train = Files.write(folder.resolve("train.csv"), lines);

    Cli warned = finetune(folder.resolve("run"), "--from-scratch", "--dry-run", "--train", train);

    assertThat(warned.exitCode()).isZero();
    assertThat(warned.err().strip())
        .hasLineCount(1)
        .startsWith("tubelet: ")
        .contains("is listed for training too")
        .contains(stranger.substring(stranger.lastIndexOf('/') + 1, stranger.lastIndexOf(' ')));
  }

  @Test
  void finetune_validatedOnWhatItLearnsFrom_isWarnedOfInAFewLines(@TempDir Path folder)
      throws IOException {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      many.addAll(list("train.csv"));
    }
    Path val = Files.write(folder.resolve("val.csv"), many);

    Cli warned = finetune(folder.resolve("run"), "--from-scratch", "--dry-run", "--val", val);

    assertThat(warned.err().strip()).hasLineCount(20 + 1).endsWith("... and 20 more");
  }

  @Test
  void finetune_oneFrameClip_isLearntFrom(@TempDir Path folder) throws IOException {
    Path still = still(folder);
    List<String> lines = new ArrayList<>(list("train.csv"));
    lines.add(still + " 2");
    Path train = Files.write(folder.resolve("train.csv"), lines);

    Cli trained = finetune(folder.resolve("run"), "--from-scratch", "--train", train);

    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(folder.resolve("run/quarantine.tsv")).content().doesNotContain("still");
  }

  @Test
  void evaluate_clipThatCannotBeDecoded_isRefusedUnlessAllowed(@TempDir Path folder)
      throws IOException {
    List<String> lines = new ArrayList<>(list("test.csv"));
    lines.add(2, Files.writeString(folder.resolve("text.mp4"), "no video") + " 1");
    lines.add(5, still(folder) + " 2");
    Path mixed = Files.write(folder.resolve("mixed.csv"), lines);

    assertFails(
        ExitCode.DATA, evaluate(mixed, folder.resolve("out")), "text.mp4", "--allow-missing");
    assertThat(folder.resolve("out")).doesNotExist();
    Cli allowed = evaluate(mixed, folder.resolve("out"), "--allow-missing");
    assertThat(allowed.exitCode()).as(allowed.err()).isZero();
    assertThat(allowed.out()).contains("11 of 12 videos");
    assertThat(folder.resolve("out/evaluation.html")).content().contains("text.mp4");
  }

  @Test
  void evaluate_clipThatIsNotThere_isRefusedUnlessAllowed(@TempDir Path folder) throws IOException {
    List<String> lines = new ArrayList<>(list("test.csv"));
    lines.add("gone.mp4 1");
    Path mixed = Files.write(folder.resolve("mixed.csv"), lines);

    assertFails(ExitCode.DATA, evaluate(mixed, folder.resolve("out")), "line 11", "gone.mp4");
    assertThat(evaluate(mixed, folder.resolve("out"), "--allow-missing").out())
        .contains("10 of 11 videos");
  }

  @Test
  void evaluate_otherClasses_areRefusedWithBothCounts(@TempDir Path folder) throws IOException {
    List<String> names = new ArrayList<>(Files.readAllLines(clips.resolve("classes.txt")));
    names.add("eleventh");
    Path classes = Files.write(folder.resolve("classes.txt"), names);

    assertFails(
        ExitCode.DATA,
        evaluate(clips.resolve("test.csv"), folder.resolve("out"), "--classes", classes),
        "11 classes",
        "10");
  }

  @Test
  void evaluate_bestOfARun_isTheCheckpointThatTrainingNamed(@TempDir Path folder) {
    String named =
        training
            .out()
            .lines()
            .filter(line -> line.startsWith("Best checkpoint: "))
            .map(line -> line.substring("Best checkpoint: ".length()))
            .findFirst()
            .orElseThrow();

    Cli best = evaluate(clips.resolve("val.csv"), folder.resolve("best"), "--best");
    Cli same =
        Cli.run(
            "evaluate",
            "--checkpoint",
            named,
            "--views",
            "1x1",
            "--data",
            clips.resolve("val.csv"),
            "--out",
            folder.resolve("named"));

    assertThat(best.exitCode()).as(best.err()).isZero();
    assertThat(scores(best)).isEqualTo(scores(same));
    assertFails(
        ExitCode.FAILURE,
        evaluate(clips.resolve("val.csv"), folder, "--best", "--checkpoint", folder),
        "holds no checkpoint");
  }

  @Test
  void evaluate_pretrainedWeights_areNoClassifier(@TempDir Path folder) {
    assertFails(
        ExitCode.FAILURE,
        Cli.run(
            "evaluate",
            "--checkpoint",
            pretrained,
            "--data",
            clips.resolve("test.csv"),
            "--out",
            folder),
        "is not a classifier",
        "fine-tune");
  }

  @Test
  void evaluate_optionsThatAreNone_areUsageErrors(@TempDir Path folder) {
    Path test = clips.resolve("test.csv");

    assertFails(ExitCode.USAGE, evaluate(test, folder, "--batch", "0"), "batch", "0");
    assertFails(ExitCode.USAGE, evaluate(test, folder, "--workers", "-2"), "workers", "-2");
    assertFails(ExitCode.USAGE, evaluate(test, folder, "--views", "5x2"), "5x2");
    assertThat(evaluate(test, folder, "--device", "tpu").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(evaluate(test, folder, "--precision", "fp8").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void predict_oddVideos_areToldOrNamed(@TempDir Path folder) throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.mp4"));
    Path left = clips.resolve("left/left_000.mp4");

    Cli still = Cli.run("predict", "--checkpoint", finetuned, still(folder), "--top", "50");
    assertThat(still.exitCode()).as(still.err()).isZero();
    assertThat(still.out().lines()).hasSize(1 + 10);
    assertFails(ExitCode.DATA, Cli.run("predict", "--checkpoint", finetuned, empty), "empty.mp4");
    assertFails(
        ExitCode.USAGE, Cli.run("predict", "--checkpoint", finetuned, left, "--top", "0"), "top");
  }

  @Test
  void recipes_forLabels_isPrintedWithWhatItInherits() {
    assertThat(Cli.run("recipes", "finetune-demo").out())
        .contains("supervision:", "layer-decay:", "every-epochs: 5")
        .doesNotContain("extends");
  }

  private static Cli finetune(Path out, Object... more) {
    List<Object> words = new ArrayList<>(List.of("finetune", "--out", out));
    List<Object> given = List.of(more);
    for (String option : List.of("--train", "--val", "--recipe")) {
      if (!given.contains(option)) {
        words.add(option);
        words.add(
            option.equals("--recipe")
                ? "finetune-demo"
                : clips.resolve(option.substring(2) + ".csv"));
      }
    }
    SMALL.forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
    words.addAll(given);
    return Cli.run(words.toArray());
  }

  private static String scores(Cli evaluated) {
    return evaluated
        .out()
        .lines()
        .filter(line -> line.startsWith("Top-1"))
        .findFirst()
        .orElseThrow();
  }

  private static Cli evaluate(Path data, Path out, Object... more) {
    List<Object> words = new ArrayList<>(List.of("evaluate", "--data", data, "--out", out));
    if (!List.of(more).contains("--checkpoint")) {
      words.addAll(List.of("--checkpoint", finetuned));
    }
    if (!List.of(more).contains("--views")) {
      words.addAll(List.of("--views", "1x1"));
    }
    words.addAll(List.of(more));
    return Cli.run(words.toArray());
  }

  /** Lines of a list with whole paths. */
  private static List<String> list(String name) throws IOException {
    return Files.readAllLines(clips.resolve(name)).stream()
        .map(line -> clips.resolve(line).toString())
        .toList();
  }

  /** A video of one frame. */
  private static Path still(Path folder) throws IOException {
    Path file = folder.resolve("still.mp4");
    VideoWriter.save(file, new Frames(1, 32, 32, new byte[32 * 32 * 3]), EncodeOptions.DEFAULT);
    return file;
  }

  /** One line that has all these words, and the exit code. */
  private static void assertFails(int exitCode, Cli failed, String... words) {
    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(exitCode);
    assertThat(failed.err().strip()).hasLineCount(1).startsWith("tubelet: ").contains(words);
  }
}
