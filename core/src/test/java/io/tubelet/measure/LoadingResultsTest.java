package io.tubelet.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tubelet.measure.LoadingResults.Series;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of made-up times: ten clips a second, with four clips a video thirty. */
class LoadingResultsTest {
  private final LoadingResults results =
      new LoadingResults(
          Loadings.settings(20),
          List.of(result(12, 1, 10), result(12, 4, 30), result(250, 1, 5), result(250, 4, 20)));

  @Test
  void name_andCommon_shareOutTheParameters() {
    assertThat(results.name(results.all().get(1))).isEqualTo("GOP 12, 4 clips a video");
    assertThat(results.common()).isEqualTo("h264, 64x48, decode only, 1 worker");
  }

  @Test
  void name_ofALoneCase_isAllOfIt() {
    LoadingResults lone = new LoadingResults(results.settings(), results.all().subList(0, 1));

    assertThat(lone.name(lone.all().get(0)))
        .isEqualTo("h264, GOP 12, 64x48, decode only, 1 worker, 1 clip a video");
    assertThat(new LoadingTable(lone).text()).doesNotContain("repeated sampling (");
  }

  @Test
  void name_ofGivenFiles_isTheirFolders() {
    GivenFilms given = new GivenFilms(Path.of("some/videos"), 3);
    LoadingCase loading = new LoadingCase(given, Work.LOAD, 2, 1);

    assertThat(loading.describe()).isEqualTo("videos, to the batch, 2 workers, 1 clip a video");
  }

  @Test
  void series_repeatedSampling_ascends() {
    Series series = results.series(LoadingParameter.REPEATS).get(0);

    assertThat(series.name()).isEqualTo("GOP 12");
    assertThat(series.values()).containsExactly(1, 4);
    assertThat(series.clipsPerSecond()).containsExactly(10, 30);
    assertThat(results.series(LoadingParameter.WORKERS)).isEmpty();
  }

  @Test
  void table_someCases_hasTheirNumbersAndRatios() {
    assertThat(new LoadingTable(results).text())
        .contains("a CPU, Linux 6, cores: 2")
        .contains("windows of 4 frames, every second")
        .contains("10.0   8.00 to 12.5      40.0")
        .contains("GOP 12: 1: 1.00 times, 4: 3.00 times")
        .contains("GOP 250: 1: 1.00 times, 4: 4.00 times");
  }

  @Test
  void json_someCases_canBeReadBack() throws Exception {
    JsonNode json = new ObjectMapper().readTree(new LoadingJson(results).text());
    JsonNode second = json.path("cases").path(1);

    assertThat(json.path("format").asText()).isEqualTo("tubelet-data-1");
    assertThat(json.path("machine").path("cpu").asText()).isEqualTo("a CPU");
    assertThat(json.path("cases")).hasSize(4);
    assertThat(second.path("files").asText()).isEqualTo("h264-gop12-64x48");
    assertThat(second.path("work").asText()).isEqualTo("decode");
    assertThat(second.path("repeated-sampling").asInt()).isEqualTo(4);
    assertThat(second.path("clips-per-second").path("median").asDouble()).isEqualTo(30);
    assertThat(second.path("clips-per-second").path("all")).hasSize(3);
    assertThat(second.path("frames-per-second").asDouble()).isEqualTo(120);
    assertThat(second.path("processor-ms-per-clip").path("median").asDouble()).isEqualTo(50);
  }

  @Test
  void write_results_leavesNumbersAndPicture(@TempDir Path folder) throws Exception {
    LoadingFiles files = new LoadingFiles(folder.resolve("a/b"));
    files.write(results);

    assertThat(Files.readAllBytes(files.picture())).startsWith(0x89, 'P', 'N', 'G');
    assertThat(files.json()).isNotEmptyFile();
  }

  @Test
  void picture_casesThatDifferInANumber_haveLines() {
    LoadingResults lone = new LoadingResults(results.settings(), results.all().subList(0, 1));

    assertThat(new LoadingPicture(results).page().panels()).hasSize(2);
    assertThat(new LoadingPicture(results).page().draw().getHeight())
        .isGreaterThan(new LoadingPicture(lone).page().draw().getHeight() + 200);
  }

  /** Three measurements, the median of which makes so many clips a second. */
  private static LoadingResult result(int gop, int repeats, double clipsPerSecond) {
    LoadingCase loading =
        new LoadingCase(Loadings.films(Path.of("films"), gop), Work.DECODE, 1, repeats);
    double second = 20 / clipsPerSecond;
    return new LoadingResult(
        loading,
        2,
        0,
        List.of(
            new LoadingTiming(20, second, 1),
            new LoadingTiming(20, 0.8 * second, 1),
            new LoadingTiming(20, 1.25 * second, 1.5)));
  }
}
