package io.tubelet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataBenchCommandTest {
  /** Films of half a second, unless a test says otherwise. */
  private static final Map<String, String> SMALL =
      Map.of(
          "--resolution", "64x48",
          "--film-frames", "15",
          "--files", "2",
          "--frames", "4",
          "--stride", "2",
          "--size", "32",
          "--windows", "4",
          "--repeat", "1",
          "--warm-up", "0",
          "--index-cache", "off");

  @Test
  void benchData_noData_writesFilmsAndMeasuresThem(@TempDir Path folder) {
    Cli bench = data(folder, "--gop", "3,12", "--repeated-sampling", "1,2");

    assertThat(bench.err()).isEmpty();
    assertThat(bench.exitCode()).isZero();
    assertThat(bench.out())
        .contains("h264-gop3-64x48 ... 2 files", "1 of 8:", "8 of 8:")
        .contains("clips/s", "processor ms/clip", "repeated sampling (");
    assertThat(folder.resolve("out/data.json")).isNotEmptyFile();
    assertThat(folder.resolve("out/data.png")).isNotEmptyFile();
    assertThat(folder.resolve("out/windows.json")).isNotEmptyFile();
    assertThat(folder.resolve("out/films/h264-gop3-64x48-15/film_01.mp4")).isNotEmptyFile();
  }

  @Test
  void benchData_data_readsIt(@TempDir Path folder) {
    data(folder, "--gop", "3", "--work", "decode");
    Path films = folder.resolve("out/films/h264-gop3-64x48-15");
    Cli bench = data(folder, "--data", films.toString(), "--workers", "1,2");

    assertThat(bench.err()).isEmpty();
    assertThat(bench.out()).contains("h264-gop3-64x48-15 ... 2 files", "2 workers", "4 of 4:");
  }

  @Test
  void benchData_memory_showsItsCourse(@TempDir Path folder) {
    Cli bench = data(folder, "--memory", "--gop", "3", "--work", "decode", "--windows", "10");

    assertThat(bench.err()).isEmpty();
    assertThat(bench.exitCode()).isZero();
    assertThat(bench.out()).contains("10 clips  resident", "from clip 2 to clip 10");
    assertThat(folder.resolve("out/memory.json")).isNotEmptyFile();
    assertThat(folder.resolve("out/data.json")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "--frames, 3, --frames must be a multiple of 2",
    "--size, 100, --size must be a multiple of 16",
    "--windows, 0, --windows must be at least 1",
    "--workers, 0, --workers must be at least 1",
    "--repeated-sampling, 3, --batch must be a multiple of 3",
    "--gop, 0, --gop must be at least 1",
    "--files, 0, --files must be at least 1",
    "--resolution, 720p, write width x height",
    "--work, read, 'decode, load'",
    "--codec, h265, 'auto, h264, mpeg4, mjpeg'"
  })
  void benchData_nonsense_namesTheOptionAndWhatWouldBeRight(
      String option, String value, String message, @TempDir Path folder) {
    Cli bench = data(folder, option, value);

    assertThat(bench.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(bench.err()).contains(option, message);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void benchData_noSuchFolder_isNamed(@TempDir Path folder) {
    Cli bench = data(folder, "--data", folder.resolve("nowhere").toString());

    assertThat(bench.exitCode()).isNotZero();
    assertThat(bench.err()).contains("nowhere: no such folder or file");
  }

  private static Cli data(Path folder, String... more) {
    Map<String, String> options = new LinkedHashMap<>(SMALL);
    options.keySet().removeAll(List.of(more));
    List<String> words = new ArrayList<>(List.of("bench", "data"));
    words.addAll(List.of("--out", folder.resolve("out").toString()));
    options.forEach((name, value) -> words.addAll(List.of(name, value)));
    words.addAll(List.of(more));
    return Cli.run(words.toArray());
  }
}
