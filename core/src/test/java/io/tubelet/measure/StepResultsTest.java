package io.tubelet.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tubelet.machine.Machine;
import io.tubelet.measure.StepResults.Pair;
import io.tubelet.measure.StepResults.Series;
import io.tubelet.model.VitSize;
import io.tubelet.tensor.Precision;
import io.tubelet.train.Split;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Results of made-up times: 1 s for a sparse encoder and 5 s for a dense one, each a little more.
 */
class StepResultsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StepResults results =
      new StepResults(
          new BenchSettings(2, 2, 3, new Machine("Linux 6", "a CPU", Set.of(), 2, 8L << 30), 2),
          List.of(
              result(Encoding.SPARSE, 1, SECOND),
              result(Encoding.DENSE, 1, 5 * SECOND),
              result(Encoding.SPARSE, 4, 2 * SECOND),
              result(Encoding.DENSE, 4, 6 * SECOND)));

  @Test
  void name_andCommon_shareOutTheParameters() {
    assertThat(results.name(results.all().get(1))).isEqualTo("dense, decoder depth 1");
    assertThat(results.common()).contains("vit-l", "mae-st", "batch 2").doesNotContain("sparse");
  }

  @Test
  void name_ofALoneCase_isItsModel() {
    StepResults lone = new StepResults(results.settings(), results.all().subList(0, 1));

    assertThat(lone.name(lone.all().get(0))).isEqualTo("mae-st, vit-l");
    assertThat(new StepTable(lone).text()).doesNotContain("dense / sparse", "by decoder depth");
  }

  @Test
  void pairs_denseAndSparse_compareTimeWithWork() {
    Pair pair = results.pairs().get(1);

    assertThat(results.pairs()).hasSize(2);
    assertThat(pair.name()).isEqualTo("decoder depth 4");
    assertThat(pair.time()).isCloseTo(3, within(1e-9));
    assertThat(pair.work()).isCloseTo(7.97, within(0.01));
  }

  @Test
  void series_decoderDepth_expectsWhatTheOperationsSay() {
    Series sparse = results.series(CaseParameter.DECODER_DEPTH).get(0);
    double[] expected = sparse.expectedSeconds();

    assertThat(sparse.name()).isEqualTo("sparse");
    assertThat(sparse.values()).containsExactly(1, 4);
    assertThat(expected[1] / expected[0])
        .isCloseTo(
            sparse.results().get(1).step().operations()
                / sparse.results().get(0).step().operations(),
            within(1e-9));
    assertThat(results.series(CaseParameter.BATCH)).isEmpty();
  }

  @Test
  void matrixRate_measuredBeforeEachCase_isTheBest() {
    assertThat(results.matrixRate(Precision.FP32)).isEqualTo(4e11);
    assertThat(results.share(results.all().get(0)))
        .isCloseTo(results.all().get(0).rate() / 4e11, within(1e-9));
  }

  @Test
  void seconds_threeUpdates_areTheirMedianAndEnds() {
    Spread seconds = results.all().get(0).seconds();

    assertThat(seconds).isEqualTo(new Spread(1, 0.9, 1.2));
    assertThat(results.all().get(0).typical().seconds()).isEqualTo(1);
    assertThat(Spread.of(new double[] {4, 1, 2, 3}).median()).isEqualTo(2.5);
  }

  @Test
  void phases_ofTwoReplicas_areTheirMean() {
    StepTiming update = results.all().get(0).typical();

    assertThat(update.phases().get(Phase.BACKWARD)).isCloseTo(0.4, within(1e-9));
    assertThat(update.phases().get(Phase.OPTIMIZER)).isCloseTo(0.1, within(1e-9));
    assertThat(update.elsewhere()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void table_someCases_hasTheirNumbersAndRatios() {
    assertThat(new StepTable(results).text())
        .contains("a CPU, Linux 6, threads: 2")
        .contains("matrix products of all threads: 400 GFLOP/s fp32")
        .contains("1.00  0.900 to 1.20")
        .contains("decoder depth 4: 3.00 times the time for 7.9")
        .contains("sparse: 1: 3.00 GB, 4: 3.00 GB")
        .contains("loading is no part of it");
  }

  @Test
  void json_someCases_canBeReadBack() throws Exception {
    JsonNode json = JSON.readTree(new StepJson(results).text());
    JsonNode first = json.path("cases").path(0);

    assertThat(json.path("format").asText()).isEqualTo("tubelet-step-1");
    assertThat(json.path("loading").asBoolean(true)).isFalse();
    assertThat(json.path("cases")).hasSize(4);
    assertThat(first.path("seconds-per-clip").asDouble()).isEqualTo(0.5);
    assertThat(first.path("seconds-per-update").path("all")).hasSize(3);
    assertThat(first.path("decoder-width").asInt()).isEqualTo(512);
    assertThat(first.path("visible-tokens").asInt()).isEqualTo(156);
    assertThat(first.path("own-bytes").asLong()).isEqualTo(2_000_000_000L);
    assertThat(first.path("phases").path("backward").asDouble()).isCloseTo(0.4, within(1e-9));
  }

  @Test
  void trace_someCases_hasATrackForEachThread() throws Exception {
    JsonNode events = JSON.readTree(new ChromeTrace(results).text()).path("traceEvents");
    List<String> names = new ArrayList<>();
    List<JsonNode> backward = new ArrayList<>();
    for (JsonNode event : events) {
      if (event.path("name").asText().equals("thread_name") && event.path("pid").asInt() == 3) {
        names.add(event.path("args").path("name").asText());
      }
      if (event.path("name").asText().equals("backward") && event.path("pid").asInt() == 0) {
        backward.add(event);
      }
    }

    assertThat(names).containsExactly("update", "replicas, compute-0", "replicas, compute-1");
    assertThat(backward).extracting(event -> event.path("tid").asInt()).containsExactly(1, 2);
    assertThat(backward.get(0).path("ts").asDouble()).isEqualTo(100_000);
    assertThat(backward.get(0).path("dur").asDouble()).isEqualTo(300_000);
  }

  @Test
  void picture_moreCases_isHigher() {
    StepResults lone = new StepResults(results.settings(), results.all().subList(0, 1));
    BufferedImage picture = new StepPicture(results).page().draw();

    assertThat(picture.getWidth()).isEqualTo(1100);
    assertThat(picture.getHeight())
        .isGreaterThan(new StepPicture(lone).page().draw().getHeight() + 200);
  }

  @Test
  void write_withProfile_leavesThreeFiles(@TempDir Path folder) throws Exception {
    StepFiles files = new StepFiles(folder.resolve("a/b"), folder.resolve("c/trace.json"));
    files.write(results);

    assertThat(Files.readAllBytes(files.picture())).startsWith(0x89, 'P', 'N', 'G');
    assertThat(files.json()).isNotEmptyFile();
    assertThat(folder.resolve("c/trace.json")).isNotEmptyFile();
  }

  private static StepResult result(Encoding encoding, int depth, long nanos) {
    StepCase step =
        new StepCase(
            Family.MAE_ST,
            VitSize.LARGE,
            2,
            Precision.FP32,
            encoding,
            Decoding.FULL,
            depth,
            0,
            0.9,
            16,
            224);
    return new StepResult(
        step,
        new Split(2, 1),
        300_000_000,
        List.of(update(nanos), update(nanos * 12 / 10), update(nanos * 9 / 10)),
        OptionalLong.of(1_000_000_000),
        OptionalLong.of(3_000_000_000L),
        true,
        depth * 1e11);
  }

  /** A tenth of a second of optimizer, then 0.3 and 0.5 s of two replicas' backward passes. */
  private static StepTiming update(long nanos) {
    long start = 17;
    long backward = start + SECOND / 10;
    return new StepTiming(
        start,
        start + nanos,
        List.of(
            new Span(Phase.OPTIMIZER, "main", start, backward),
            new Span(Phase.BACKWARD, "compute-0", backward, backward + 3 * SECOND / 10),
            new Span(Phase.BACKWARD, "compute-1", backward, backward + 5 * SECOND / 10)),
        1);
  }
}
