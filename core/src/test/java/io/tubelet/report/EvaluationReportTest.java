package io.tubelet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tubelet.evaluate.ClipResult;
import io.tubelet.evaluate.Evaluation;
import io.tubelet.evaluate.Missing;
import io.tubelet.evaluate.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationReportTest {

  private static final byte[] PNG =
      HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452000000030000000208020000001216f14d");

  private static final Evaluation TWO_CLIPS =
      new Evaluation(
          List.of(
              new ClipResult("a.mp4", 0, new Prediction(new double[] {0.75, 0.25, 0})),
              new ClipResult("b.mp4", 1, new Prediction(new double[] {0.75, 0.125, 0.125}))),
          List.of("<b>run</b>", "walk & \"talk\"", "wave"),
          3,
          List.of(new Missing("<script>.mp4", "no video stream")),
          "5x3",
          1.5);

  private static EvaluationSummary summary(Evaluation evaluation, Map<String, byte[]> frames) {
    return new EvaluationSummary(
        "small <model>",
        "test.csv",
        new ShownEvaluation(evaluation, frames),
        List.of(),
        Map.of("Crops", "3"),
        Map.of("seed", "42"));
  }

  private static String page(Evaluation evaluation) {
    return EvaluationReport.render(summary(evaluation, Map.of()));
  }

  @Test
  void page_needsNoNetworkAndNoScript() {
    assertThat(page(Evaluations.of(Evaluations.classes(50), 400)))
        .doesNotContain("http:", "https:", "<script", "<link", "@import", "url(")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void namesOfClassesAndClips_areEscapedWhereverTheyStand() {
    assertThat(page(TWO_CLIPS))
        .doesNotContain("<b>run", "<script", "\"talk\"", "<model>")
        .contains(
            "<title>small &lt;model&gt;</title>",
            "<td>walk &amp; &quot;talk&quot;</td><td>&lt;b&gt;run&lt;/b&gt;</td>",
            "title=\"walk &amp; &quot;talk&quot;\"",
            "<title>walk &amp; &quot;talk&quot; taken for &lt;b&gt;run&lt;/b&gt;: 1 of 1</title>",
            "<td>&lt;script&gt;.mp4</td>");
  }

  @Test
  void sentence_tellsIntervalViewsAndWhatIsMissing() {
    assertThat(page(TWO_CLIPS))
        .contains(
            "class=\"verdict open\">Top-1 50.0 % (95 % interval 9.5 to 90.5) on 2 of 3 listed clips,"
                + " 5x3 views each; always answering the most frequent class gives 50.0 %.");
  }

  @Test
  void classifierAboveTheMostFrequentClass_isGood_oneBelowItBad() {
    assertThat(page(Evaluations.of(Evaluations.classes(10), 300)))
        .contains("class=\"verdict good\">Top-1 ");
    var wrong = new ClipResult("c", 0, new Prediction(new double[] {0.4, 0.6}));
    var always = new Evaluation(List.of(wrong, wrong), List.of("x", "y"), 2, List.of(), "1x1", 0);
    assertThat(page(always)).contains("class=\"verdict bad\">Top-1 0.0 %");
  }

  @Test
  void fewClasses_haveNoTop5() {
    assertThat(page(TWO_CLIPS)).doesNotContain("Top-5");
    assertThat(page(Evaluations.of(Evaluations.classes(6), 20))).contains("<dt>Top-5</dt>");
  }

  @Test
  void manyClasses_areFolded() {
    assertThat(page(Evaluations.of(Evaluations.classes(41), 2000)))
        .contains("<h3>The 20 worst</h3>", "<summary>All 41 classes</summary>");
    assertThat(page(Evaluations.of(Evaluations.classes(40), 2000))).doesNotContain("<details>");
  }

  @Test
  void classWithoutClips_isNamedAndHasNoBar() {
    assertThat(page(TWO_CLIPS))
        .contains("No clip was evaluated of wave.")
        .doesNotContain("class=\"who\" title=\"wave\"");
  }

  @Test
  void hardestClip_isShownWithItsFrames_anotherInWords() {
    String html = EvaluationReport.render(summary(TWO_CLIPS, Map.of("b.mp4", PNG)));
    assertThat(html)
        .containsOnlyOnce("<img")
        .contains("alt=\"b.mp4\" src=\"data:image/png;base64,iVBORw0KGgo")
        .contains(
            "<strong>walk &amp; &quot;talk&quot;</strong> (0.125) taken for"
                + " &lt;b&gt;run&lt;/b&gt; (0.750); place 2, log-loss 2.08<br>")
        .contains("<strong>&lt;b&gt;run&lt;/b&gt;</strong> (0.750), right; log-loss 0.29<br>");
    assertThat(html.indexOf("b.mp4</span>")).isLessThan(html.indexOf("a.mp4</span>"));
  }

  @Test
  void curves_areCharts() {
    var curve = new Curve("Training loss", "epoch", new double[] {1, 2}, new double[] {3, 2});
    var summary =
        new EvaluationSummary(
            "t", "s", new ShownEvaluation(TWO_CLIPS, Map.of()), List.of(curve), Map.of(), Map.of());
    assertThat(EvaluationReport.render(summary)).contains(">Training loss</text>", ">epoch</text>");
    assertThatThrownBy(() -> new Curve("loss", "epoch", new double[2], new double[3]))
        .hasMessage("curve 'loss': 2 places on x, 3 values");
  }

  @Test
  void nothingEvaluated_givesAPageAndNumbersThatSaySo(@TempDir Path folder) throws IOException {
    var none =
        new Evaluation(
            List.of(), List.of("x"), 1, List.of(new Missing("a.mp4", "empty")), "5x3", 0);
    EvaluationReport.write(summary(none, Map.of()), folder);
    assertThat(folder.resolve("evaluation.html"))
        .content()
        .contains("No clip was evaluated, of 1 listed.", "<td>a.mp4</td>")
        .doesNotContain("NaN", "<svg");
    JsonNode json = new ObjectMapper().readTree(folder.resolve("evaluation.json").toFile());
    assertThat(json.at("/top1/share").isNull()).isTrue();
    assertThat(json.at("/log-loss").isNull()).isTrue();
    assertThat(json.at("/evaluated").asInt(-1)).isZero();
    assertThat(folder.resolve("predictions.jsonl")).isEmptyFile();
  }

  @Test
  void numbers_haveStableKeys(@TempDir Path folder) throws IOException {
    EvaluationReport.write(summary(TWO_CLIPS, Map.of()), folder);
    JsonNode json = new ObjectMapper().readTree(folder.resolve("evaluation.json").toFile());
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "format",
            "title",
            "subtitle",
            "listed",
            "evaluated",
            "missing",
            "views",
            "seconds",
            "top1",
            "top5",
            "mean-class-accuracy",
            "majority-share",
            "log-loss",
            "classes",
            "per-class",
            "confusion",
            "most-confused",
            "hardest",
            "provenance");
    assertThat(json.at("/top1"))
        .hasToString(
            "{\"share\":0.5,\"low\":0.09453120573423074,\"high\":0.9054687942657693,"
                + "\"correct\":1,\"clips\":2}");
    assertThat(json.at("/confusion")).hasToString("[[1,0,0],[1,0,0],[0,0,0]]");
    assertThat(json.at("/per-class/2"))
        .hasToString("{\"label\":2,\"share\":null,\"correct\":0,\"clips\":0}");
    assertThat(json.at("/most-confused"))
        .hasToString("[{\"label\":1,\"predicted\":0,\"clips\":1,\"of\":1}]");
    assertThat(json.at("/missing/0/reason").asText()).isEqualTo("no video stream");
    assertThat(json.at("/hardest/0/clip").asText()).isEqualTo("b.mp4");
  }

  @Test
  void predictions_haveALineForEachClip(@TempDir Path folder) throws IOException {
    EvaluationReport.write(summary(TWO_CLIPS, Map.of()), folder);
    List<String> lines = Files.readAllLines(folder.resolve("predictions.jsonl"));
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1))
        .isEqualTo(
            "{\"clip\":\"b.mp4\",\"label\":1,\"probability\":0.125,\"rank\":2,"
                + "\"log-loss\":2.0794415,\"top5\":[{\"label\":0,\"probability\":0.75},"
                + "{\"label\":1,\"probability\":0.125},{\"label\":2,\"probability\":0.125}]}");
  }

  @Test
  void write_leavesThreeFilesAndNothingElse(@TempDir Path folder) throws IOException {
    EvaluationReport.write(summary(TWO_CLIPS, Map.of()), folder);
    EvaluationReport.write(summary(TWO_CLIPS, Map.of()), folder);
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("evaluation.html", "evaluation.json", "predictions.jsonl");
    }
  }
}
