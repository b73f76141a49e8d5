package io.tubelet.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class VideoOrderTest {

  private static int[] pass(VideoOrder order, long pass) {
    return LongStream.range(0, order.length()).mapToInt(p -> order.video(pass, p)).toArray();
  }

  @Test
  void video_anyPlace_doesNotDependOnWhatWasAskedBefore() {
    VideoOrder order = new VideoOrder(FakeVideos.manifest(50), 8, new Seeds(3));
    int[] second = pass(order, 1);
    int[] first = pass(order, 0);
    assertThat(second).isEqualTo(pass(new VideoOrder(FakeVideos.manifest(50), 8, new Seeds(3)), 1));
    assertThat(first).hasSize(48).doesNotHaveDuplicates().isNotEqualTo(second);
    assertThat(pass(new VideoOrder(FakeVideos.manifest(50), 8, new Seeds(4)), 0))
        .isNotEqualTo(first);
  }

  @Test
  void length_fewerVideosThanABatch_isABatchOfPermutations() {
    VideoOrder order = new VideoOrder(FakeVideos.manifest(3), 7, new Seeds(3));
    int[] pass = pass(order, 0);
    assertThat(pass).hasSize(7);
    assertThat(new int[] {pass[0], pass[1], pass[2]}).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(new int[] {pass[3], pass[4], pass[5]}).containsExactlyInAnyOrder(0, 1, 2);
  }
}
