package io.tubelet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.augment.Crop;
import io.tubelet.augment.TestCrops;
import io.tubelet.clip.ClipShape;
import io.tubelet.clip.CropBox;
import io.tubelet.clip.Frames;
import io.tubelet.data.ViewMaker.Views;
import io.tubelet.sample.DenseClips;
import io.tubelet.video.DecodeOptions;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoInfo;
import io.tubelet.video.VideoReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewMakerTest {
  private static final ClipShape SHAPE = new ClipShape(4, 12, 12, 2, 4);
  private static final Path FILE = Path.of("v7.mp4");

  private final FakeVideos videos = new FakeVideos();

  private static ViewsConfig config(String number) {
    return new ViewsConfig(
        ViewCount.parse(number), new DenseClips(3), TestCrops.VIDEO_MAE, SHAPE.height());
  }

  @Test
  void make_everyView_isResizedThenCropped() throws Exception {
    Views made = new ViewMaker(videos, config("5x3"), SHAPE).make(FILE);
    assertThat(made.views()).hasSize(15);
    assertThat(made.pixels()).hasSize(15 * SHAPE.bytes());
    for (int v = 0; v < 15; v++) {
      byte[] view = Arrays.copyOfRange(made.pixels(), v * SHAPE.bytes(), (v + 1) * SHAPE.bytes());
      assertThat(view).as("view %d", v).isEqualTo(expected(made.views().get(v)));
    }
    assertThat(videos.opened).hasValue(1);
    assertThat(videos.closed).hasValue(1);
  }

  private byte[] expected(View view) throws VideoException {
    try (VideoReader reader = new FakeVideos().open(FILE, DecodeOptions.NATIVE)) {
      Frames resized =
          new Crop(
                  new CropBox(0, 0, FakeVideos.HEIGHT, FakeVideos.WIDTH),
                  false,
                  TestCrops.VIDEO_MAE.resampling())
              .apply(reader.frames(view.frames()), view.resized().height(), view.resized().width());
      // A crop of its own size copies.
      return new Crop(view.crop(), false, TestCrops.VIDEO_MAE.resampling())
          .apply(resized, SHAPE.height(), SHAPE.width())
          .rgb();
    }
  }

  @Test
  void make_sharedFrames_areDecodedOnce() throws Exception {
    List<Integer> asked = new ArrayList<>();
    VideoOpener counting =
        (file, options) -> {
          assertThat(options).isEqualTo(DecodeOptions.NATIVE);
          return new Watched(videos.open(file, options), asked);
        };
    new ViewMaker(counting, config("7x3"), SHAPE).make(FILE);
    assertThat(asked)
        .doesNotHaveDuplicates()
        .isSorted()
        .containsExactly(0, 3, 6, 9, 12, 15, 18, 21, 24);
  }

  private record Watched(VideoReader reader, List<Integer> asked) implements VideoReader {
    @Override
    public VideoInfo info() {
      return reader.info();
    }

    @Override
    public Frames frames(int... indices) throws VideoException {
      Arrays.stream(indices).forEach(asked::add);
      return reader.frames(indices);
    }

    @Override
    public void close() {
      reader.close();
    }
  }

  /** A black video of any number of frames. */
  private static VideoOpener black(int frames, int height, int width) {
    return (file, options) ->
        new VideoReader() {
          @Override
          public VideoInfo info() {
            return new VideoInfo(frames, height, width, 25, "fake");
          }

          @Override
          public Frames frames(int... indices) {
            assertThat(Arrays.stream(indices).max()).hasValue(frames - 1);
            return new Frames(
                indices.length, height, width, new byte[indices.length * height * width * 3]);
          }

          @Override
          public void close() {}
        };
  }

  @Test
  void make_oneFrame_fillsEveryView() throws Exception {
    Views made = new ViewMaker(black(1, 30, 20), config("5x3"), SHAPE).make(FILE);
    assertThat(made.views()).hasSize(15).allSatisfy(v -> assertThat(v.frames()).containsOnly(0));
  }

  @Test
  void make_noFrames_namesTheFile() {
    assertThatThrownBy(() -> new ViewMaker(black(0, 30, 20), config("5x3"), SHAPE).make(FILE))
        .isInstanceOf(VideoException.class)
        .hasMessage("v7.mp4: has no frames");
  }

  @Test
  void make_frameLikeAThread_isRefusedBeforeMemoryIsTaken() {
    assertThatThrownBy(() -> new ViewMaker(black(9, 1, 1_000_000), config("5x3"), SHAPE).make(FILE))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("v7.mp4")
        .hasMessageContaining("12000000 x 12");
  }

  @Test
  void make_brokenFile_isClosedAndNamed() {
    videos.broken.add("v7.mp4");
    assertThatThrownBy(() -> new ViewMaker(videos, config("5x3"), SHAPE).make(FILE))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("v7.mp4");
    videos.broken.clear();
    videos.truncated.add("v7.mp4");
    assertThatThrownBy(() -> new ViewMaker(videos, config("5x3"), SHAPE).make(FILE))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("frame 21");
    assertThat(videos.closed).hasValue(2);
  }

  @Test
  void viewsTooLargeForAnArray_areRefusedAtOnce() {
    ClipShape large = new ClipShape(32, 480, 480, 2, 16);
    ViewsConfig many =
        new ViewsConfig(new ViewCount(50, 3), new DenseClips(4), TestCrops.MAE_ST, 480);
    assertThatThrownBy(() -> new ViewMaker(videos, many, large))
        .hasMessageContaining("50x3")
        .hasMessageContaining("2 GiB");
  }
}
