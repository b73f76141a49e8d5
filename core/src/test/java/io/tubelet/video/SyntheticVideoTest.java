package io.tubelet.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.clip.Frames;
import org.junit.jupiter.api.Test;

class SyntheticVideoTest {
  @Test
  void frames_anyNumber_carriesItInEveryByte() {
    SyntheticVideo video = new SyntheticVideo(300, 2, 3);
    Frames frames = video.frames(299, 5);
    assertThat(frames.rgb()).hasSize(2 * 2 * 3 * 3).startsWith(43, 43).endsWith(5, 5);
    assertThatThrownBy(() -> video.frames(300)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
