package io.tubelet.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.train.StopSignal;
import io.tubelet.video.VideoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadingBenchTest {
  private final Path folder;
  private final StopSignal stop = new StopSignal();

  LoadingBenchTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void measure_decode_timesAllWindows() throws Exception {
    LoadingResult result = bench(6).measure(of(Work.DECODE, 1, 1)).orElseThrow();

    assertThat(result.videos()).isEqualTo(2);
    assertThat(result.timings()).hasSize(2).allMatch(timing -> timing.clips() == 6);
    assertThat(result.clipsPerSecond().median()).isPositive();
  }

  /** Seven windows, three of each video: three videos are opened. */
  @Test
  void measure_repeatedSampling_roundsUpToWholeVideos() throws Exception {
    LoadingResult result = bench(7).measure(of(Work.DECODE, 2, 3)).orElseThrow();

    assertThat(result.timings()).allMatch(timing -> timing.clips() == 9);
  }

  @Test
  void measure_load_roundsUpToWholeBatches() throws Exception {
    LoadingResult result = bench(5).measure(of(Work.LOAD, 2, 2)).orElseThrow();

    assertThat(result.timings()).allMatch(timing -> timing.clips() == 6);
  }

  @Test
  void measure_askedToStop_ends() throws Exception {
    stop.request();

    assertThat(bench(6).measure(of(Work.DECODE, 1, 1))).isEmpty();
    assertThat(bench(6).measure(of(Work.LOAD, 1, 1))).isEmpty();
  }

  @Test
  void prepare_filesAreThere_keepsThem() throws Exception {
    WrittenFilms films = Loadings.films(folder, 10);
    Path first = films.files().get(0);
    FileTime longAgo = FileTime.fromMillis(0);
    Files.setLastModifiedTime(first, longAgo);

    assertThat(bench(1).prepare(films)).isEqualTo(2);
    assertThat(Files.getLastModifiedTime(first)).isEqualTo(longAgo);
  }

  @Test
  void measure_brokenFile_isLeftOutAndCounted() throws Exception {
    Path videos = writtenFilms();
    Files.write(videos.resolve("broken.mp4"), new byte[100]);

    GivenFilms given = new GivenFilms(videos, 64);
    LoadingResult result =
        bench(3).measure(new LoadingCase(given, Work.DECODE, 1, 1)).orElseThrow();

    assertThat(result.videos()).isEqualTo(2);
    assertThat(result.unreadable()).isEqualTo(1);
  }

  @Test
  void prepare_onlyBrokenFiles_names() throws Exception {
    Files.write(folder.resolve("broken.mp4"), new byte[100]);

    assertThatThrownBy(() -> bench(3).prepare(new GivenFilms(folder, 64)))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("broken.mp4");
  }

  @Test
  void files_moreThanWanted_areSpreadEvenly() throws Exception {
    Path videos = writtenFilms();
    for (int i = 2; i < 9; i++) {
      Files.copy(videos.resolve("film_00.mp4"), videos.resolve("film_0" + i + ".mp4"));
    }

    assertThat(new GivenFilms(videos, 3).files())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("film_00.mp4", "film_03.mp4", "film_06.mp4");
  }

  @Test
  void watch_allWindows_samplesFromFirstToLast() throws Exception {
    List<MemorySample> seen = new ArrayList<>();
    MemoryBench watch = new MemoryBench(Loadings.settings(10), stop);

    MemoryCourse course = watch.watch(of(Work.DECODE, 1, 1), seen::add);

    assertThat(course.samples()).isEqualTo(seen);
    assertThat(seen.get(0).clips()).isZero();
    assertThat(seen.get(seen.size() - 1).clips()).isEqualTo(10);
    assertThat(seen).hasSize(11).allMatch(sample -> sample.heap() > 0);
  }

  /** The folder of two films. */
  private Path writtenFilms() throws IOException {
    Loadings.films(folder, 10).files();
    return folder.resolve("h264-gop10-64x48-30");
  }

  private LoadingBench bench(int windows) {
    return new LoadingBench(Loadings.settings(windows), stop);
  }

  private LoadingCase of(Work work, int workers, int repeats) {
    return new LoadingCase(Loadings.films(folder, 10), work, workers, repeats);
  }
}
