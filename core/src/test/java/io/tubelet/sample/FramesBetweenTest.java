package io.tubelet.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FramesBetweenTest {

  @Test
  void fill_stride4_isAClipOfTwiceTheFramesAtStride2() {
    int[] chosen = new StridedSampling(4).draw(16, 300, 30, new SplittableRandom(1));
    int[] filled = FramesBetween.fill(chosen, 300);
    assertThat(filled).isEqualTo(IntStream.range(0, 32).map(i -> chosen[0] + 2 * i).toArray());
  }

  @Test
  void fill_chosenOnes_areEverySecond() {
    int[] chosen = new TimedSampling(4, 30).draw(16, 300, 25, new SplittableRandom(2));
    int[] filled = FramesBetween.fill(chosen, 300);
    assertThat(IntStream.range(0, 16).map(i -> filled[2 * i]).toArray()).isEqualTo(chosen);
    assertThat(filled).isSorted();
  }

  @Test
  void fill_endOfTheVideo_isNotPassed() {
    assertThat(FramesBetween.fill(new int[] {0, 5, 10}, 11)).containsExactly(0, 2, 5, 7, 10, 10);
    assertThat(FramesBetween.fill(new int[] {3, 3}, 4)).containsExactly(3, 3, 3, 3);
    assertThat(FramesBetween.fill(new int[] {3}, 9)).containsExactly(3, 3);
  }

  @Test
  void existFor_samplings_onlyWhereSomeAreLeftOut() {
    assertThat(FramesBetween.existFor(new StridedSampling(2), 8)).isTrue();
    assertThat(FramesBetween.existFor(new StridedSampling(1), 8)).isFalse();
    assertThat(FramesBetween.existFor(new SegmentSampling(), 8)).isTrue();
    assertThat(FramesBetween.existFor(new StridedSampling(4), 1)).isFalse();
  }
}
