package io.tubelet.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.augment.CentreCrop;
import io.tubelet.augment.Crop;
import io.tubelet.clip.ClipShape;
import io.tubelet.clip.CropBox;
import io.tubelet.clip.Frames;
import io.tubelet.clip.MotionField;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoInfo;
import io.tubelet.video.VideoReader;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClipMotionTest {
  /** Two slots of two frames of 1 x 2 patches. */
  private static final ClipShape CLIP = new ClipShape(4, 8, 16, 2, 8);

  /** A video of 40 x 20 pixels whose quarters, from left to right, moved so far. */
  private record Moved(Map<Integer, float[]> quarters) implements VideoReader {
    @Override
    public VideoInfo info() {
      return new VideoInfo(100, 20, 40, 25, "h264");
    }

    @Override
    public Frames frames(int... indices) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<MotionField> motion(int number) {
      return Optional.ofNullable(quarters.get(number)).map(m -> new MotionField(1, 4, m));
    }

    @Override
    public void close() {}
  }

  private static double[] motion(Moved video, CropBox box, boolean flip) throws VideoException {
    Crop crop = new Crop(box, flip, new CentreCrop().resampling());
    return ClipMotion.of(video, new int[] {10, 12, 14, 16}, crop, CLIP);
  }

  private static final CropBox WHOLE = new CropBox(0, 0, 20, 40);

  @Test
  void of_wholePicture_isTheMeanOverPatchAndTube() throws VideoException {
    Moved video =
        new Moved(
            Map.of(
                10, new float[] {1, 3, 5, 7},
                12, new float[] {3, 5, 7, 9},
                14, new float[] {0, 0, 0, 2},
                16, new float[] {0, 0, 0, 2}));
    assertThat(motion(video, WHOLE, false)).containsExactly(3, 7, 0, 1);
  }

  @Test
  void of_croppedAndMirrored_isOfWhatTheClipShows() throws VideoException {
    float[] quarters = {1, 3, 5, 7};
    Moved video = new Moved(Map.of(10, quarters, 12, quarters, 14, quarters, 16, quarters));
    CropBox rightHalf = new CropBox(5, 20, 10, 20);
    assertThat(motion(video, rightHalf, false)).containsExactly(5, 7, 5, 7);
    assertThat(motion(video, rightHalf, true)).containsExactly(7, 5, 7, 5);
  }

  /** A slot with one key frame goes by its other frame, one of key frames by the next slot. */
  @Test
  void of_keyFrames_takeTheMotionBesideThem() throws VideoException {
    Moved one = new Moved(Map.of(12, new float[] {1, 1, 3, 3}, 14, new float[] {5, 5, 5, 5}));
    assertThat(motion(one, WHOLE, false)).containsExactly(1, 3, 5, 5);
    Moved two = new Moved(Map.of(14, new float[] {5, 5, 6, 6}));
    assertThat(motion(two, WHOLE, false)).containsExactly(5, 6, 5, 6);
    assertThat(motion(new Moved(Map.of()), WHOLE, false)).containsExactly(0, 0, 0, 0);
  }
}
