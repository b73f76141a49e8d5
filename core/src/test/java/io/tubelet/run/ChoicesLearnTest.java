package io.tubelet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.checkpoint.ModelFile;
import io.tubelet.config.PretrainedConfig;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.report.Verdict;
import io.tubelet.tensor.Placement;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mask, loss, target and choice of frames learns something of a few of the demo's clips. */
class ChoicesLearnTest {
  private static final int CLIPS = 8; // one update an epoch

  private static Path list = Path.of("");
  private static Path teacher = Path.of("");

  @BeforeAll
  static void makeClipsAndTeacher(@TempDir Path folder) throws Exception {
    Path all = SmallRun.clips(folder.resolve("clips"));
    list = all.resolveSibling("few.csv");
    Files.write(list, Files.readAllLines(all).subList(0, CLIPS));
    teacher = folder.resolve("teacher");
    SmallRun.run(SmallRun.plan(list), teacher, new StopSignal());
  }

  /** Raw pixels of centred clips are learnt soonest; what a test does not say is so. */
  private static PretrainPlan plan(int updates, String... changes) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "target", "unit",
                "data.crop", "{kind: centre}",
                "data.sampling.stride", "2",
                "optimizer.base-lr", "0.1",
                "train.epochs", Integer.toString(updates),
                "train.log-every", "15",
                "train.checkpoint-every", "1000"));
    all.addAll(List.of(changes));
    return SmallRun.plan(list, all.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mask | {kind: block, ratio: 0.75} | loss | l1 | 150 | 0.75",
        "mask | {kind: multi-block, ratio: 0.75, block-area: 0.15} | loss | smooth-l1 | 150 | 0.75",
        "mask | {kind: tube, ratio: 0.75} | model.decoder.predicted-frames | 1 | 150 | 0.75",
        "mask | {kind: random, ratio: 0.75} | model.decoder.predicted-frames | 4 | 150 | 0.75",
        "mask | {kind: random, ratio: 0.75} | model.decoder.predicted-frames | 16 | 150 | 0.75",
        "target | hog | mask.ratio | 0.5 | 300 | 0.95",
        "target | {kind: teacher, checkpoint: TEACHER, width: 32} | mask.ratio | 0.75 | 150 | 0.75",
      })
  void run_eachChoice_endsClearlyBelowTheMean(
      String key,
      String value,
      String otherKey,
      String otherValue,
      int updates,
      double share,
      @TempDir Path folder)
      throws Exception {
    String there = value.replace("TEACHER", teacher.toString());
    PretrainPlan plan = plan(updates, key, there, otherKey, otherValue);

    Verdict verdict = SmallRun.run(plan, folder, new StopSignal()).verdict();

    assertThat(verdict.finalLoss()).isLessThan(share * verdict.baseline());
    assertThat(folder.resolve("report.html")).exists();
  }

  @Test
  void reconstruct_whatIsNoPicture_isRefusedInWords(@TempDir Path folder) throws Exception {
    assertNotShown(folder.resolve("hog"), "histograms of oriented gradients", "target", "hog");
    assertNotShown(
        folder.resolve("centre"), "the centre frame", "model.decoder.predicted-frames", "1");
  }

  private static void assertNotShown(Path folder, String what, String... changes) throws Exception {
    SmallRun.run(plan(2, changes), folder, new StopSignal());
    try (ModelFile file = ModelFile.open(folder);
        MaskedAutoencoder model = Reconstructor.model(file)) {
      PretrainedConfig config = Reconstructor.configuration(file);
      assertThatThrownBy(() -> new Reconstructor(config, model, Placement.CPU))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(what);
    }
  }

  @Test
  void describe_plan_saysTargetFramesAndLoss() throws IOException {
    String plan =
        plan(2, "target", "hog", "model.decoder.predicted-frames", "16", "loss", "smooth-l1")
            .describe("scratch");
    assertThat(plan)
        .contains("histograms of oriented gradients of 8 frames and as many between")
        .contains("108 values a token")
        .contains("smooth L1");
  }

  @Test
  void run_teacherThatDoesNotFit_isRefusedWithBothSizes(@TempDir Path folder) throws IOException {
    PretrainPlan wide =
        plan(2, "target", "{kind: teacher, checkpoint: %s, width: 48}".formatted(teacher));
    assertThatThrownBy(() -> SmallRun.run(wide, folder, new StopSignal()))
        .hasMessageContaining("target.width")
        .hasMessageContaining("32")
        .hasMessageContaining("48");
    PretrainPlan longer =
        plan(
            2,
            "target",
            "{kind: teacher, checkpoint: %s, width: 32}".formatted(teacher),
            "model.clip.height",
            "48");
    assertThatThrownBy(() -> SmallRun.run(longer, folder, new StopSignal()))
        .hasMessageContaining("target.checkpoint")
        .hasMessageContaining("height=32")
        .hasMessageContaining("height=48");
  }
}
