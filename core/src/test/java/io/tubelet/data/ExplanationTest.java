package io.tubelet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.augment.ColourJitter;
import io.tubelet.augment.RandAugment;
import io.tubelet.augment.RandomResizedCrop;
import io.tubelet.augment.Resampling;
import io.tubelet.augment.TestCrops;
import io.tubelet.clip.ClipShape;
import io.tubelet.mask.TubeMasking;
import io.tubelet.sample.DenseClips;
import io.tubelet.sample.DenseSampling;
import io.tubelet.video.OpenOptions;
import io.tubelet.video.VideoException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static final ClipShape SHAPE = new ClipShape(4, 12, 12, 2, 4);
  private static final Path FILE = Path.of("v0.mp4");

  @Test
  void ofTraining_says_whatTheLoaderDraws() throws Exception {
    DataConfig config =
        new DataConfig(
            new DenseSampling(2),
            new RandomResizedCrop(0.3, 1, 0.75, 1.3333, Resampling.OPENCV_AREA),
            0.5,
            ColourJitter.NONE,
            0,
            2,
            1,
            1,
            ByteSize.ZERO,
            0,
            OpenOptions.DEFAULT);
    Seeds seeds = new Seeds(3);
    for (BatchSpec batch :
        List.of(
            BatchSpec.whole(2, SHAPE, RandAugment.NONE),
            BatchSpec.masked(2, SHAPE, new TubeMasking(0.5)))) {
      assertSaysWhatTheLoaderDraws(config, batch, seeds);
    }
  }

  private static void assertSaysWhatTheLoaderDraws(DataConfig config, BatchSpec batch, Seeds seeds)
      throws Exception {
    String text = Explanation.ofTraining(new FakeVideos(), FILE, config, batch, seeds);
    assertThat(text).startsWith("v0.mp4: 20 frames of 26 x 18, 25.000 frames per second, fake");
    try (ClipLoader loader =
        new ClipLoader(
            FakeVideos.manifest(1), new FakeVideos(), config, batch, seeds, Cursor.START)) {
      int clip = 0;
      for (ClipDraw draw : loader.next().draws()) {
        String frames =
            Arrays.stream(draw.frames()).mapToObj(i -> "" + i).collect(Collectors.joining(" "));
        assertThat(text)
            .contains("clip " + ++clip + ": frames " + frames + System.lineSeparator())
            .contains(
                "crop %d x %d at %d, %d, resized to 12 x 12, opencv-area"
                    .formatted(
                        draw.crop().box().width(),
                        draw.crop().box().height(),
                        draw.crop().box().left(),
                        draw.crop().box().top()));
      }
    }
  }

  @Test
  void ofViews_lists_clipsThenCrops() throws Exception {
    ViewsConfig config =
        new ViewsConfig(new ViewCount(2, 3), new DenseClips(3), TestCrops.VIDEO_MAE, 12);
    String text = Explanation.ofViews(new FakeVideos(), FILE, config, SHAPE);
    assertThat(text.lines())
        .containsExactly(
            "v0.mp4: 20 frames of 26 x 18, 25.000 frames per second, fake",
            "test: 2x3 views, DenseClips[stride=3], resized to 17 x 12, opencv-linear",
            "  clip 1: frames 0 3 6 9",
            "  clip 2: frames 9 12 15 18",
            "  crop 1: 12 x 12 at 0, 0",
            "  crop 2: 12 x 12 at 2, 0",
            "  crop 3: 12 x 12 at 5, 0");
  }

  @Test
  void brokenFile_isNamed() {
    FakeVideos videos = new FakeVideos();
    videos.broken.add("v0.mp4");
    ViewsConfig config =
        new ViewsConfig(new ViewCount(2, 3), new DenseClips(3), TestCrops.VIDEO_MAE, 12);
    assertThatThrownBy(() -> Explanation.ofViews(videos, FILE, config, SHAPE))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("v0.mp4");
  }
}
