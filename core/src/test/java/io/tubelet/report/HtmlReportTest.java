package io.tubelet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

  private static final byte[] PNG =
      HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452000000030000000208020000001216f14d");

  private static RunSummary run(List<StepReport> steps, double baseline) {
    return new RunSummary(
        "demo <run>",
        "ViT-Ti & moving shapes",
        steps,
        "MSE on hidden tokens",
        baseline,
        "predicting the mean",
        Map.of("Parameters", "5.7 M"),
        "Reconstructions",
        List.of(
            new RunSummary.Picture("Mask ratio 0.75", "first \"clip\"", PNG),
            new RunSummary.Picture("Mask ratio 0.75", "second clip", PNG),
            new RunSummary.Picture("Mask ratio 0.90", "first clip", PNG)),
        List.of(new RunSummary.Quarantined("<script>alert(1)</script>.mp4", "no video stream")),
        "mask: {kind: tube, ratio: 0.9}  # a < b",
        Map.of("seed", "42"));
  }

  @Test
  void page_needsNoNetworkAndNoScript() {
    String html = HtmlReport.render(run(Reports.learning(50), 1.0));
    assertThat(html).doesNotContain("http:", "https:", "<script", "<link", "@import", "url(");
    assertThat(html).contains("src=\"data:image/png;base64,iVBORw0KGgo");
  }

  @Test
  void textOfTheRun_isEscaped() {
    String html = HtmlReport.render(run(Reports.learning(50), 1.0));
    assertThat(html)
        .contains("<title>demo &lt;run&gt;</title>")
        .contains("ViT-Ti &amp; moving shapes")
        .contains("alt=\"first &quot;clip&quot;\"")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;.mp4")
        .contains("# a &lt; b");
  }

  @Test
  void runBelowTheBaseline_isCalledLearnt() {
    RunSummary run = run(Reports.learning(50), 1.0);
    assertThat(run.verdict().learnt()).isTrue();
    assertThat(HtmlReport.render(run))
        .contains("class=\"verdict good\">Learnt: the loss ended at 0.66")
        .contains("below that of predicting the mean (1.000)");
  }

  @Test
  void runAtTheBaseline_isNotCalledLearnt() {
    assertThat(HtmlReport.render(run(Reports.learning(50), 0.66)))
        .contains("class=\"verdict bad\">Nothing learnt: ");
  }

  @Test
  void runWithoutSteps_hasNoChartsAndNoVerdict() {
    assertThat(HtmlReport.render(run(List.of(), 1.0)))
        .contains("No step has been reported.")
        .contains("class=\"verdict open\"")
        .doesNotContain("<svg");
  }

  @Test
  void picturesOfOneGroup_shareItsHeading() {
    assertThat(HtmlReport.render(run(List.of(), 1.0)))
        .containsOnlyOnce("<h3>Mask ratio 0.75</h3>")
        .containsOnlyOnce("<h3>Mask ratio 0.90</h3>");
  }

  @Test
  void runOfOneStepWithoutMeasurements_rendersFiniteCoordinates() {
    var only = new StepReport(1, 0, 0.9, 0, Double.NaN, 0, 0, 0, 0, 0, 0);
    assertThat(HtmlReport.render(run(List.of(only), Double.NaN)))
        .contains("<svg")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void longRun_givesASmallPage() {
    assertThat(HtmlReport.render(run(Reports.learning(20_000), 1.0)).length()).isLessThan(150_000);
  }

  @Test
  void write_replacesTheFileAndLeavesNothingElse(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.html");
    Files.writeString(file, "old");
    HtmlReport.write(run(Reports.learning(5), 1.0), file);
    assertThat(file).content().startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void pictureOfAnotherFormat_isRefused() {
    assertThatThrownBy(() -> new RunSummary.Picture("g", "a bitmap", new byte[] {'B', 'M', 0, 0}))
        .hasMessage("picture 'a bitmap' is neither PNG nor GIF (4 bytes)");
  }
}
