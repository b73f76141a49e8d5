package io.tubelet.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuneReportTest {

  private static final List<Validation> VALIDATIONS =
      List.of(
          new Validation(100, 10, 0.25, 0.75, 2.1),
          new Validation(200, 20, 0.625, 0.9, 1.5),
          new Validation(300, 30, 0.5, 0.875, 1.75));

  private static String page(
      List<StepReport> steps, List<Validation> validations, @Nullable ShownEvaluation test) {
    return FineTuneReport.render(summary(steps, validations, test));
  }

  private static FineTuneSummary summary(
      List<StepReport> steps, List<Validation> validations, @Nullable ShownEvaluation test) {
    return new FineTuneSummary(
        "tuned <run>",
        "ViT-Ti",
        steps,
        "cross-entropy, smoothing 0.1",
        10,
        validations,
        test,
        Map.of("Layer decay", "0.75"),
        List.of(new RunSummary.Quarantined("<i>.mp4", "no video stream")),
        "optimizer: {lr: 1.0e-3}",
        Map.of("seed", "42"));
  }

  @Test
  void run_showsItsValidationsAndTheLossOfGuessing() {
    assertThat(page(Reports.learning(100), VALIDATIONS, null))
        .contains(
            "class=\"verdict open\">Best top-1 on the validation clips 62.5 %, after epoch 20.0;"
                + " no test was made.")
        .contains("<dt>Best validation top-1</dt><dd>62.5 %</dd>")
        .contains("<dt>Last validation top-1</dt><dd>50.0 %</dd>")
        .contains(">top-1 (%)</text>", ">top-5 (%)</text>", ">Validation log-loss</text>")
        .contains(">guessing among 10 classes (2.303)</text>")
        .contains("<title>tuned &lt;run&gt;</title>", "&lt;i&gt;.mp4", "optimizer: {lr: 1.0e-3}")
        .doesNotContain("NaN", "<script", "Confusion matrix");
  }

  @Test
  void testedRun_speaksOfItsTestFirst() {
    var test = new ShownEvaluation(Evaluations.of(Evaluations.classes(10), 200), Map.of());
    assertThat(page(Reports.learning(100), VALIDATIONS, test))
        .contains("class=\"verdict good\">Top-1 ", "<h2>Confusion matrix</h2>")
        .containsSubsequence(
            "<h2>Last evaluation</h2>", "<h2>Training</h2>", "<h2>Validation</h2>");
  }

  @Test
  void validationWithoutTop5AndLogLoss_showsTop1Alone() {
    var bare = List.of(new Validation(10, 1, 0.5, Double.NaN, Double.NaN));
    assertThat(page(Reports.learning(10), bare, null))
        .contains(">Validation top-1 (%)</text>")
        .doesNotContain("top-5", "Validation log-loss", "NaN");
  }

  @Test
  void singleValidation_isADot() {
    var single = List.of(new Validation(10, 1, 0.5, 0.9, 2));
    assertThat(page(List.of(), single, null))
        .containsPattern("<path class=\"line dots\" d=\"M[0-9.]+ [0-9.]+h0\"/>");
  }

  @Test
  void runThatHasNotBegun_hasAPage() {
    assertThat(page(List.of(), List.of(), null))
        .contains("Neither validated nor tested.")
        .doesNotContain("<svg", "NaN");
  }

  @Test
  void write_replacesTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.html");
    Files.writeString(file, "old");
    FineTuneReport.write(summary(Reports.learning(5), VALIDATIONS, null), file);
    assertThat(file).content().startsWith("<!DOCTYPE html>").endsWith("</html>\n");
  }
}
