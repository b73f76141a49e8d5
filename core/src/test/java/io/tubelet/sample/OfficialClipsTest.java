package io.tubelet.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.clip.ClipFixtures;
import io.tubelet.fixture.FixtureFolder;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frame numbers of the official programs, case by case, from their recorded draws. */
class OfficialClipsTest {

  /** Every case of one group of one table, in every folder that has it. */
  private static Stream<Named<JsonNode>> cases(String table, String group) {
    return FixtureFolder.all().stream()
        .flatMap(
            folder ->
                folder.table(table).map(tables -> tables.path(group)).stream()
                    .flatMap(all -> StreamSupport.stream(all.spliterator(), false))
                    .map(one -> named(name(folder, one), one)));
  }

  private static String name(FixtureFolder folder, JsonNode one) {
    StringBuilder name = new StringBuilder(folder.name());
    one.properties()
        .forEach(
            field -> {
              if (!List.of("views", "frames", "decoded_indices").contains(field.getKey())) {
                name.append(' ').append(field.getKey()).append('=').append(field.getValue());
              }
            });
    return name.toString();
  }

  static Stream<Named<JsonNode>> strided() {
    return cases("frames_train_time", "videomae_pretrain");
  }

  @ParameterizedTest
  @MethodSource
  void strided(JsonNode one) {
    int[] frames =
        new StridedSampling(one.get("new_step").asInt())
            .from(
                one.get("segment_start_1_based").asInt() - 1,
                one.get("new_length").asInt(),
                one.get("video_frames").asInt());
    assertThat(frames).isEqualTo(ClipFixtures.ints(one.get("frames")));
  }

  static Stream<Named<JsonNode>> dense() {
    return cases("frames_train_time", "videomae_kinetics_train");
  }

  @ParameterizedTest
  @MethodSource
  void dense(JsonNode one) {
    DenseSampling sampling = new DenseSampling(one.get("sampling_rate").asInt());
    JsonNode end = one.get("drawn_end_index_in_[clip_len*rate,n)");
    int clip = one.get("clip_len").asInt();
    int[] frames =
        end.isNull()
            ? sampling.draw(clip, one.get("video_frames").asInt(), 0, Draws.none())
            : sampling.draw(clip, one.get("video_frames").asInt(), 0, Draws.of(end.asInt()));
    assertThat(frames).isEqualTo(ClipFixtures.ints(one.get("frames")));
  }

  static Stream<Named<JsonNode>> segments() {
    return cases("frames_train_time", "videomae_ssv2_train");
  }

  @ParameterizedTest
  @MethodSource
  void segments(JsonNode one) {
    Draws draws =
        one.get("draws").isNull() ? Draws.none() : Draws.of(ClipFixtures.ints(one.get("draws")));
    int[] frames =
        new SegmentSampling()
            .draw(one.get("num_segment").asInt(), one.get("video_frames").asInt(), 0, draws);
    assertThat(frames).isEqualTo(ClipFixtures.ints(one.get("frames")));
    assertThat(draws.bounds())
        .allMatch(bound -> bound == one.get("draw_upper_bound").asInt(), "the official bound");
  }

  static Stream<Named<JsonNode>> denseTest() {
    return cases("views_test_time", "videomae_kinetics_dense");
  }

  @ParameterizedTest
  @MethodSource
  void denseTest(JsonNode one) {
    int[][] frames =
        new DenseClips(one.get("sampling_rate").asInt())
            .frames(
                one.get("test_num_segment").asInt(),
                one.get("clip_len").asInt(),
                one.get("video_frames").asInt(),
                0);
    assertClips(frames, one, "chunk", "frames");
  }

  static Stream<Named<JsonNode>> segmentsTest() {
    return cases("views_test_time", "videomae_ssv2_tsn");
  }

  @ParameterizedTest
  @MethodSource
  void segmentsTest(JsonNode one) {
    int[][] frames =
        new SegmentClips()
            .frames(
                one.get("test_num_segment").asInt(),
                one.get("num_segment").asInt(),
                one.get("video_frames").asInt(),
                0);
    assertClips(frames, one, "chunk", "frames");
  }

  static Stream<Named<JsonNode>> timedTest() {
    return cases("views_test_time", "maest_temporal");
  }

  @ParameterizedTest
  @MethodSource
  void timedTest(JsonNode one) {
    int[][] frames =
        new TimedClips(one.get("sampling_rate").asInt(), one.get("target_fps").asDouble())
            .frames(
                one.get("num_views").asInt(),
                one.get("num_frames").asInt(),
                one.get("video_frames").asInt(),
                one.get("fps").asDouble());
    assertClips(frames, one, "view", "decode_all_frames");
  }

  private static void assertClips(int[][] frames, JsonNode one, String clip, String wanted) {
    TreeSet<Integer> seen = new TreeSet<>();
    for (JsonNode view : one.get("views")) {
      int number = view.get(clip).asInt();
      seen.add(number);
      assertThat(frames[number])
          .as("%s %d", clip, number)
          .isEqualTo(ClipFixtures.ints(view.get(wanted)));
    }
    assertThat(seen)
        .as("clips compared")
        .containsExactlyElementsOf(IntStream.range(0, frames.length).boxed().toList());
  }
}
