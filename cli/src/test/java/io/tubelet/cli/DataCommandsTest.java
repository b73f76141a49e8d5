package io.tubelet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.synthetic.MotionClips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataCommandsTest {
  private static Path clips = Path.of("");

  @BeforeAll
  static void makeClips(@TempDir Path folder) throws IOException, InterruptedException {
    clips = folder.resolve("clips");
    new MotionClips(30, 10, 32, 5).prepare(clips, done -> {});
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "split", "verify", "stats", "prepare", "pack"})
  void help_everyCommand_namesItsOptions(String command) {
    Cli help = Cli.run("data", command, "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("Usage: tubelet data " + command, "--help", "Example");
  }

  @Test
  void data_folderToShards_canBeTrainedOn(@TempDir Path folder) throws IOException {
    Path list = folder.resolve("list.csv");
    Cli listed = Cli.run("data", "list", clips, "--out", list);
    assertThat(listed.err()).isEmpty();
    assertThat(listed.out()).contains("30 videos of 10 classes");

    Cli verified = Cli.run("data", "verify", list, "--out", folder.resolve("checked"));
    assertThat(verified.err()).isEmpty();
    assertThat(verified.exitCode()).isZero();
    assertThat(verified.out()).contains("30 of 30 videos decoded", "30 good ones");

    Path good = folder.resolve("checked/verified.csv");
    Cli split = Cli.run("data", "split", good, "--by", "clip", "--out", folder.resolve("lists"));
    assertThat(split.exitCode()).isZero();
    assertThat(split.out()).contains("train", "left", "videos", "No group is in two");

    Cli stats = Cli.run("data", "stats", good, "--out", folder.resolve("stats"));
    assertThat(stats.exitCode()).isZero();
    assertThat(stats.out()).contains("h264 (30)", "median", "statistics.html");

    Path train = folder.resolve("lists/train.csv");
    Path prepared = folder.resolve("prepared");
    Object[] prepare = {
      "data", "prepare", train, "--out", prepared, "--short-side", 16, "--shards", "20KiB"
    };
    Cli made = Cli.run(prepare);
    assertThat(made.err()).isEmpty();
    assertThat(made.exitCode()).isZero();
    assertThat(made.out()).containsPattern("(\\d+) of \\1 videos prepared").contains("0 left out");
    assertThat(prepared.resolve("shards/000001.tar")).exists();

    Cli again = Cli.run(prepare);
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("were there already", "Shards of these videos are there");
    prepare[prepare.length - 1] = "30KiB";
    Cli otherwise = Cli.run(prepare);
    assertThat(otherwise.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(otherwise.err()).contains("another --shards");

    Path run = folder.resolve("run");
    Cli trained =
        Cli.run(
            Cli.smallPretrain(prepared.resolve("shards"), run, "--set", "train.epochs=2")
                .toArray());
    assertThat(trained.err()).isEmpty();
    assertThat(trained.exitCode()).isZero();
    assertThat(run.resolve("quarantine.tsv")).content().isEqualTo("video\treason\n");
  }

  @Test
  void verify_brokenVideo_exitsWithTheDataCode(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("text.mp4"), "no video");
    Cli verified = Cli.run("data", "verify", folder, "--out", folder.resolve("out"));
    assertThat(verified.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(verified.out()).contains("1 cannot be read", "text.mp4: cannot be opened");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "data list EMPTY --out OUT/l.csv; 4; no video",
        "data split LIST --by nothing(x) --out OUT; 4; nothing(x)",
        "data split LIST --by column:film --out OUT; 4; film",
        "data split LIST --shares 0.5,0.4 --out OUT; 2; add to 0.9",
        "data split LIST --out OUT; 4; --by",
        "data verify EMPTY/none.csv --out OUT; 4; none.csv",
        "data prepare LIST --out CLIPS; 4; is not empty",
        "data prepare LIST --out OUT --fps fast; 2; fast",
        "data prepare LIST --out OUT --gop 0; 2; gop",
        "data pack LIST --out OUT --shard-size much; 2; much",
        "data stats CUT; 4; 000000.tar, at byte ",
        "pretrain --recipe demo --data CUT; 4; 000000.tar, at byte ",
        "pretrain --recipe demo --data CLIPS --shuffle-buffer 0; 2; shuffle buffer"
      })
  void data_badInput_isOneSentence(String line, int exitCode, String word, @TempDir Path folder)
      throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Path cut = Files.createDirectories(folder.resolve("cut"));
    Path list = clips.resolve("train.csv");
    Cli.run("data", "pack", list, "--out", cut);
    Path shard = cut.resolve("000000.tar");
    Files.write(shard, Arrays.copyOf(Files.readAllBytes(shard), 3000));
    List<String> words = new ArrayList<>();
    for (String part : line.split(" ")) {
      words.add(
          part.replace("EMPTY", empty.toString())
              .replace("OUT", folder.resolve("out").toString())
              .replace("LIST", list.toString())
              .replace("CLIPS", clips.toString())
              .replace("CUT", cut.toString()));
    }
    Cli failed = Cli.run(words.toArray());
    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(exitCode);
    assertThat(failed.err().strip()).hasLineCount(1).startsWith("tubelet: ").contains(word);
  }

  @Test
  void prepare_unknownCodec_namesTheKnownOnes() {
    Cli failed = Cli.run("data", "prepare", clips, "--out", "x", "--codec", "xvid");
    assertThat(failed.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failed.err()).contains("'xvid' is none of auto, h264, mpeg4, mjpeg");
  }
}
