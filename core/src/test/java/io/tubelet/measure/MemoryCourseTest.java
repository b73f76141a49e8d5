package io.tubelet.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MemoryCourseTest {

  /** It fills up to the 100th clip, which is not counted, and leaks from there on. */
  @Test
  void slope_afterSettling_isWhatAClipAdds() {
    MemoryCourse course = course(clips -> 1_000_000 + 9000 * Math.min(clips, 100) + 30 * clips);

    assertThat(course.slope().orElseThrow()).isCloseTo(30, within(1e-6));
    assertThat(course.describe())
        .isEqualTo(
            "from clip 200 to clip 1,000: resident memory +30.0 bytes a clip, fitted;"
                + " native objects always 7");
  }

  @Test
  void slope_level_isZero() {
    assertThat(course(clips -> 5_000_000).slope().orElseThrow()).isZero();
  }

  @Test
  void describe_systemThatDoesNotTell_saysSo() {
    List<MemorySample> samples =
        List.of(
            new MemorySample(0, OptionalLong.empty(), 1, OptionalLong.empty()),
            new MemorySample(10, OptionalLong.empty(), 1, OptionalLong.empty()));

    assertThat(new MemoryCourse(loading(), samples).describe())
        .contains("resident memory unknown", "native objects not counted");
  }

  @Test
  void json_course_canBeReadBack() throws Exception {
    MemoryJson all = new MemoryJson(Loadings.settings(20), List.of(course(clips -> 40 * clips)));
    JsonNode json = new ObjectMapper().readTree(all.text());
    JsonNode first = json.path("cases").path(0);

    assertThat(json.path("format").asText()).isEqualTo("tubelet-memory-1");
    assertThat(first.path("resident-bytes-per-clip").asDouble()).isCloseTo(40, within(1e-6));
    assertThat(first.path("samples")).hasSize(11);
    assertThat(first.path("samples").path(1).path("native-objects").asInt()).isEqualTo(7);
  }

  /** Bytes by clips. */
  private interface Bytes {
    long at(long clips);
  }

  private static MemoryCourse course(Bytes bytes) {
    List<MemorySample> samples = new ArrayList<>();
    for (long clips = 0; clips <= 1000; clips += 100) {
      samples.add(new MemorySample(clips, OptionalLong.of(bytes.at(clips)), 1, OptionalLong.of(7)));
    }
    return new MemoryCourse(loading(), samples);
  }

  private static LoadingCase loading() {
    return new LoadingCase(Loadings.films(Path.of("films"), 12), Work.DECODE, 1, 1);
  }
}
