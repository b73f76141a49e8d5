package io.tubelet.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestClipsTest {

  @Test
  void frames_anyLength_stayInsideAndNeverGoBack() {
    for (TestClips way : List.of(new DenseClips(4), new SegmentClips(), new TimedClips(4, 30))) {
      for (int clips : new int[] {1, 2, 3, 7, 10}) {
        for (int n = 1; n < 200; n++) {
          int[][] frames = way.frames(clips, 16, n, 23.976);
          assertThat(frames).hasDimensions(clips, 16);
          for (int[] clip : frames) {
            assertThat(clip).isSorted();
            assertThat(clip[0]).isNotNegative();
            assertThat(clip[15]).as("%s, %d frames", way, n).isLessThan(n);
          }
        }
      }
    }
  }

  @Test
  void frames_oneFrame_isShownThroughout() {
    for (TestClips way : List.of(new DenseClips(4), new SegmentClips(), new TimedClips(4, 30))) {
      for (int[] clip : way.frames(3, 16, 1, 0)) {
        assertThat(clip).containsOnly(0);
      }
    }
    assertThat(new CentreClip(2).frames(1, 16, 1, 0)[0]).containsOnly(0);
  }

  @Test
  void dense_oneClip_liesInTheMiddle() {
    assertThat(new DenseClips(2).frames(1, 4, 20, 25)[0]).containsExactly(6, 8, 10, 12);
  }

  @Test
  void dense_lastClip_endsWithTheLastStridedFrame() {
    int[][] frames = new DenseClips(4).frames(7, 16, 302, 25);
    assertThat(frames[0][0]).isZero();
    assertThat(frames[6][15]).isEqualTo(300);
  }

  @Test
  void segments_fifteenFrames_areAllShown() {
    int[][] frames = new SegmentClips().frames(2, 16, 15, 25);
    assertThat(frames[0]).startsWith(0, 0, 1, 2).endsWith(13, 14);
    assertThat(frames[1]).startsWith(0, 1, 2, 3).endsWith(14);
  }

  @Test
  void segments_moreThanTwoClips_shareEachPartEvenly() {
    int[][] frames = new SegmentClips().frames(3, 2, 60, 25);
    assertThat(frames[0]).containsExactly(0, 30);
    assertThat(frames[1]).containsExactly(10, 40);
    assertThat(frames[2]).containsExactly(20, 50);
  }

  @Test
  void timed_oneClip_isTheCentreOfItsSampling() {
    assertThat(new TimedClips(4, 30).frames(1, 16, 301, 29.97)[0])
        .isEqualTo(new TimedSampling(4, 30).centre(16, 301, 29.97));
  }

  @Test
  void centre_shortVideo_repeatsItsVeryLastFrame() {
    assertThat(new CentreClip(2).frames(1, 4, 6, 25)[0]).containsExactly(0, 2, 4, 5);
    assertThat(new CentreClip(2).frames(1, 4, 20, 25)[0]).containsExactly(6, 8, 10, 12);
  }

  @Test
  void centre_manyClips_areRefused() {
    assertThatThrownBy(() -> new CentreClip(2).frames(5, 4, 20, 25))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one clip, got 5");
  }

  @Test
  void badNumbers_areRefusedByName() {
    assertThatThrownBy(() -> new DenseClips(0)).hasMessageContaining("views.clips.stride");
    assertThatThrownBy(() -> new TimedClips(4, 0)).hasMessageContaining("views.clips.target-fps");
    assertThatThrownBy(() -> new DenseClips(4).frames(0, 16, 20, 25)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> new SegmentClips().frames(2, 16, 0, 25))
        .hasMessageContaining("video frames=0");
  }

  @Test
  void json_kind_namesTheRecord() throws Exception {
    ObjectMapper json = new ObjectMapper();
    for (TestClips way :
        List.of(new DenseClips(4), new SegmentClips(), new TimedClips(4, 30), new CentreClip(2))) {
      assertThat(json.readValue(json.writeValueAsString(way), TestClips.class)).isEqualTo(way);
    }
    assertThat(json.writeValueAsString(new DenseClips(4))).contains("\"video-mae-dense\"");
  }
}
