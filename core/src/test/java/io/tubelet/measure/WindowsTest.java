package io.tubelet.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tubelet.clip.Frames;
import io.tubelet.measure.VideoSet.Video;
import io.tubelet.measure.Windows.Visit;
import io.tubelet.sample.StridedSampling;
import io.tubelet.video.DecodeOptions;
import io.tubelet.video.OpenOptions;
import io.tubelet.video.VideoInfo;
import io.tubelet.video.VideoReader;
import io.tubelet.video.Videos;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowsTest {
  private static final OpenOptions OPEN = OpenOptions.DEFAULT.withIndexCache(OpenOptions.OFF);

  @Test
  void visit_askedAgain_isTheSame() {
    for (int number = 0; number < 20; number++) {
      Visit visit = made(3).visit(number);
      Visit again = made(3).visit(number);

      assertThat(again.video()).isEqualTo(visit.video());
      assertThat(again.windows().toArray(int[][]::new))
          .isDeepEqualTo(visit.windows().toArray(int[][]::new));
    }
  }

  @Test
  void visit_many_reachesAllVideosAndPlaces() {
    Set<Path> files = new HashSet<>();
    Set<Integer> starts = new HashSet<>();
    for (int number = 0; number < 300; number++) {
      Visit visit = made(1).visit(number);
      files.add(visit.video().file());
      starts.add(visit.windows().get(0)[0]);
    }

    assertThat(files).hasSize(2);
    assertThat(starts).hasSizeGreaterThan(15);
  }

  @Test
  void frames_severalWindows_ascendEachOnce() {
    Visit visit = made(4).visit(0);

    assertThat(visit.windows()).hasSize(4);
    assertThat(visit.frames()).doesNotHaveDuplicates().isSorted();
    visit.windows().forEach(window -> assertThat(visit.frames()).contains(window));
  }

  /** What other programs' frames are compared with is what a reader gives. */
  @Test
  void json_samples_areOurPixels(@TempDir Path folder) throws Exception {
    VideoSet set = VideoSet.open(Loadings.films(folder, 10), OPEN);
    Windows windows = new Windows(set, new StridedSampling(2), 4, 1);

    JsonNode json = new ObjectMapper().readTree(new WindowsJson(List.of(windows), 5, OPEN).text());
    JsonNode of = json.path("sets").path(0);
    JsonNode sample = of.path("samples").path(1);
    JsonNode window = of.path("windows").path(sample.path("window").asInt());

    assertThat(of.path("windows")).hasSize(5);
    assertThat(of.path("samples")).hasSize(3);
    int number = window.path("frames").path(2).asInt();
    int row = 7;
    int column = 21;
    int rows = sample.path("rows").asInt();
    int columns = sample.path("columns").asInt();
    byte[] rgb = Base64.getDecoder().decode(sample.path("rgb").asText());
    int place = (number - sample.path("first").asInt()) * rows * columns + row * columns + column;
    Path file = Path.of(of.path("files").path(window.path("file").asInt()).asText());
    try (VideoReader reader = Videos.open(file, DecodeOptions.NATIVE, OPEN)) {
      Frames frame = reader.frames(number);
      int pixel = row * 48 / rows * 64 + column * 64 / columns;
      for (int c = 0; c < 3; c++) {
        assertThat(rgb[3 * place + c]).isEqualTo(frame.rgb()[3 * pixel + c]);
      }
    }
  }

  private static Windows made(int repeats) {
    VideoInfo info = new VideoInfo(30, 48, 64, 30, "h264");
    VideoSet set =
        new VideoSet(
            "made", List.of(new Video(Path.of("a"), info), new Video(Path.of("b"), info)), 0);
    return new Windows(set, new StridedSampling(2), 4, repeats);
  }
}
