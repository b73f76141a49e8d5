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

/** Studies as a user calls them. */
class AblateCommandTest {
  private static final String SMALL =
      "pretraining.set={model.clip.frames: 8, model.clip.height: 32, model.clip.width: 32,"
          + " model.encoder.width: 32, model.encoder.depth: 1, model.decoder.width: 32,"
          + " data.cache: 0, train.epochs: 1, optimizer.warmup-epochs: 0}";
  private static final String BRIEF =
      "fine-tuning.set={model.clip.frames: 8, model.clip.height: 32, model.clip.width: 32,"
          + " model.encoder.width: 32, model.encoder.depth: 1, data.cache: 0, train.epochs: 1,"
          + " optimizer.warmup-epochs: 0, validation.every-epochs: 1,"
          + " validation.views.short-side: 32}";

  private static Path clips = Path.of("");

  @BeforeAll
  static void makeClips(@TempDir Path folder) throws IOException, InterruptedException {
    clips = folder;
    new MotionClips(100, 12, 32, 3).prepare(folder, done -> {});
  }

  private static Cli ablate(Path out, String... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "ablate",
                "--study",
                "studies/decoder-depth",
                "--set",
                SMALL,
                "--set",
                BRIEF,
                "--set",
                "seeds=[0]",
                "--data",
                clips.resolve("pretrain.txt"),
                "--train",
                clips.resolve("train.csv"),
                "--val",
                clips.resolve("val.csv"),
                "--test",
                clips.resolve("test.csv"),
                "--out",
                out));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray());
  }

  @Test
  void ablate_oneRow_isTrainedAndThePageSaysWhatIsMissing(@TempDir Path out) {
    Cli done = ablate(out, "--row", "1 block");

    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(done.out()).contains("1 of 1: 1 block, seed 0", "All trials of these rows are done");
    assertThat(out.resolve("report.html")).content().contains("1 of 4 trials are done");
    assertThat(out.resolve("2-blocks")).doesNotExist();
  }

  @Test
  void ablate_dryRun_printsTheChosenRowsAndTrainsNothing(@TempDir Path out) {
    Cli plan = ablate(out, "--dry-run", "--table", "depth");

    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("4 rows x 1 seeds = 4 trials", "  8 blocks");
    assertThat(out).isEmptyDirectory();
  }

  @Test
  void ablate_unknownRowOrTable_saysWhichThereAre(@TempDir Path out) {
    assertThat(ablate(out, "--row", "3 blocks").err())
        .contains("--row: no row '3 blocks'", "1 block, 2 blocks");
    assertThat(ablate(out, "--table", "width").err())
        .contains("--table: no table 'width'", "[depth]");
  }

  @Test
  void recipes_listAndPrint_haveStudiesToo() {
    assertThat(Cli.run("recipes").out()).contains("studies/decoder-depth", "How deep a decoder");
    assertThat(Cli.run("recipes", "studies/decoder-depth").out())
        .contains("title: Decoder depth", "recipe: demo-motion", "seeds:");
  }
}
