package io.tubelet.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipSamplingTest {

  @Test
  void strided_draw_reachesEveryStartThatFits() {
    Set<Integer> starts = new TreeSet<>();
    SplittableRandom rng = new SplittableRandom(1);
    for (int i = 0; i < 400; i++) {
      starts.add(new StridedSampling(2).draw(16, 36, 25, rng)[0]);
    }
    assertThat(starts).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void strided_shortVideo_startsAtZeroAndRepeatsItsTail() {
    int[] frames = new StridedSampling(4).draw(4, 7, 25, new SplittableRandom(3));
    assertThat(frames).containsExactly(0, 4, 4, 4);
    assertThat(new StridedSampling(4).draw(3, 1, 25, new SplittableRandom(3)))
        .containsExactly(0, 0, 0);
  }

  @Test
  void timed_otherFrameRate_keepsTheDuration() {
    int[] at30 = new TimedSampling(4, 30).centre(16, 300, 30);
    int[] at60 = new TimedSampling(4, 30).centre(16, 600, 60);
    assertThat(at30[15] - at30[0]).isEqualTo(63);
    assertThat(at60[15] - at60[0]).isEqualTo(127);
  }

  @Test
  void timed_unknownFrameRate_countsAsTheTarget() {
    assertThat(new TimedSampling(4, 30).centre(16, 300, 0))
        .isEqualTo(new TimedSampling(4, 30).centre(16, 300, 30));
  }

  @Test
  void draw_anyLength_staysInsideAndNeverGoesBack() {
    SplittableRandom rng = new SplittableRandom(9);
    for (ClipSampling sampling :
        new ClipSampling[] {
          new StridedSampling(3),
          new TimedSampling(3, 30),
          new DenseSampling(3),
          new SegmentSampling()
        }) {
      for (int n = 1; n < 120; n++) {
        int[] frames = sampling.draw(16, n, 23.976, rng);
        assertThat(frames).hasSize(16).isSorted();
        assertThat(frames[0]).isNotNegative();
        assertThat(frames[15]).isLessThan(n);
        int[] centre = sampling.centre(16, n, 23.976);
        assertThat(centre).isSorted().hasSize(16);
        assertThat(centre[0]).isNotNegative();
        assertThat(centre[15]).isLessThan(n);
      }
    }
  }

  @Test
  void centre_longVideo_liesInTheMiddle() {
    assertThat(new StridedSampling(2).centre(4, 20, 25)).containsExactly(6, 8, 10, 12);
  }

  @Test
  void dense_draw_reachesEveryEndButTheLast() {
    Set<Integer> starts = new TreeSet<>();
    SplittableRandom rng = new SplittableRandom(4);
    for (int i = 0; i < 400; i++) {
      starts.add(new DenseSampling(2).draw(4, 12, 25, rng)[0]);
    }
    assertThat(starts).containsExactly(0, 1, 2, 3);
  }

  @Test
  void dense_centre_spansTheMiddle() {
    int[] frames = new DenseSampling(4).centre(16, 84, 25);
    assertThat(frames[0]).isEqualTo(10);
    assertThat(frames[15]).isEqualTo(73);
    assertThat(new DenseSampling(4).centre(16, 65, 25)[0]).isZero();
  }

  @Test
  void dense_fewerFramesThanTheStride_repeatsTheLast() {
    assertThat(new DenseSampling(4).draw(4, 3, 25, Draws.none())).containsExactly(2, 2, 2, 2);
    assertThat(new DenseSampling(4).draw(4, 1, 25, Draws.none())).containsExactly(0, 0, 0, 0);
  }

  @Test
  void segments_fewerFramesThanParts_repeatTheFirst() {
    assertThat(new SegmentSampling().draw(16, 15, 25, Draws.none())).containsOnly(0);
    assertThat(new SegmentSampling().draw(16, 1, 25, Draws.none())).containsOnly(0);
  }

  @Test
  void segments_centre_isTheMiddleOfEachPart() {
    assertThat(new SegmentSampling().centre(4, 40, 25)).containsExactly(5, 15, 25, 35);
    assertThat(new SegmentSampling().centre(4, 2, 25)).containsExactly(0, 0, 1, 1);
  }

  @Test
  void oneFrame_timed_isAFrameOfTheVideo() {
    assertThat(new TimedSampling(4, 30).draw(1, 10, 30, new SplittableRandom(2))[0])
        .isBetween(0, 9);
  }

  @Test
  void stride_zero_isRefused() {
    assertThatThrownBy(() -> new StridedSampling(0))
        .hasMessageContaining("stride")
        .hasMessageContaining("0");
    assertThatThrownBy(() -> new TimedSampling(2, -1)).hasMessageContaining("target-fps");
    assertThatThrownBy(() -> new StridedSampling(2).centre(4, 0, 25))
        .hasMessageContaining("video frames=0");
  }

  @Test
  void json_kind_namesTheRecord() throws Exception {
    ObjectMapper json = new ObjectMapper();
    ClipSampling sampling =
        json.readValue(
            "{\"kind\": \"mae-st\", \"stride\": 4, \"targetFps\": 30}", ClipSampling.class);
    assertThat(sampling).isEqualTo(new TimedSampling(4, 30));
    assertThat(json.writeValueAsString(new StridedSampling(2))).contains("\"kind\":\"video-mae\"");
    assertThat(json.readValue("{\"kind\": \"video-mae-dense\", \"stride\": 4}", ClipSampling.class))
        .isEqualTo(new DenseSampling(4));
    assertThat(json.readValue("{\"kind\": \"tsn\"}", ClipSampling.class))
        .isEqualTo(new SegmentSampling());
  }

  @ParameterizedTest
  @ValueSource(strings = {"video-mae", "videomae"})
  void json_bothNamesOfStridedSampling_areRead(String name) throws Exception {
    String text = "{\"kind\": \"%s\", \"stride\": 4}".formatted(name);
    assertThat(new ObjectMapper().readValue(text, ClipSampling.class))
        .isEqualTo(new StridedSampling(4));
  }
}
