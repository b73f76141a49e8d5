package io.tubelet.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import io.tubelet.clip.Frames;
import io.tubelet.clip.MotionField;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MotionVectorsTest {
  private static final int FRAMES = 12;
  private static final int GOP = 6;
  private static final int SIZE = 96;

  /** Pixels from one frame to the next. */
  private static final int SPEED = 4;

  @TempDir private Path folder = Path.of("");

  /** The upper half of a texture slides to the right, the lower stands still. */
  private static Frames upperHalfSlides() {
    byte[] texture = new byte[SIZE * SIZE];
    new SplittableRandom(1).nextBytes(texture);
    byte[] rgb = new byte[FRAMES * SIZE * SIZE * 3];
    for (int i = 0; i < rgb.length; i++) {
      int x = i / 3 % SIZE;
      int y = i / 3 / SIZE % SIZE;
      int t = i / 3 / SIZE / SIZE;
      int from = y < SIZE / 2 ? Math.floorMod(x - SPEED * t, SIZE) : x;
      rgb[i] = (byte) (128 + smooth(texture, y, from));
    }
    return new Frames(FRAMES, SIZE, SIZE, rgb);
  }

  /** Noise without its finest grain, which no codec follows. */
  private static int smooth(byte[] texture, int y, int x) {
    int sum = 0;
    for (int dy = 0; dy < 4; dy++) {
      for (int dx = 0; dx < 4; dx++) {
        sum += texture[(y + dy) % SIZE * SIZE + (x + dx) % SIZE];
      }
    }
    return sum / 8;
  }

  @ParameterizedTest
  @EnumSource(
      value = VideoCodec.class,
      names = {"H264", "MPEG4"})
  void motion_slidingHalf_isWhereItSlidesAndAsFar(VideoCodec codec) throws IOException {
    Path file = folder.resolve("slide.mp4");
    VideoWriter.save(file, upperHalfSlides(), new EncodeOptions(25, 18, GOP, codec));
    try (VideoReader reader = Videos.open(file, new DecodeOptions(48, true))) {
      reader.frames(3, 8);
      for (int number : new int[] {3, 8}) {
        MotionField field = reader.motion(number).orElseThrow();
        assertThat(field.mean(0.1, 0.2, 0.4, 0.8)).as("above").isBetween(2.0, 8.0);
        assertThat(field.mean(0.6, 0, 1, 1)).as("below").isLessThan(0.5);
      }
    }
  }

  @Test
  void motion_keyFrame_isEmpty() throws IOException {
    Path file = folder.resolve("slide.mp4");
    VideoWriter.save(file, upperHalfSlides(), new EncodeOptions(25, 18, GOP, VideoCodec.MPEG4));
    try (VideoReader reader = Videos.open(file, new DecodeOptions(0, true))) {
      reader.each(new int[] {0, 1}, (number, frame) -> {});
      assertThat(reader.motion(0)).isEmpty();
      assertThat(reader.motion(1)).isPresent();
    }
  }

  @Test
  void motion_codecThatTellsNone_isRefusedByName() throws IOException {
    Path file =
        EncodedFile.write(
            folder.resolve("slide.webm"),
            "webm",
            EncodedFile.Track.of("libvpx-vp9", AV_PIX_FMT_YUV420P, upperHalfSlides(), GOP));
    try (VideoReader reader = Videos.open(file, new DecodeOptions(0, true))) {
      reader.frames(3);
      assertThatThrownBy(() -> reader.motion(3))
          .isInstanceOf(VideoException.class)
          .hasMessageContaining("vp9")
          .hasMessageContaining("motion vectors");
    }
  }

  @Test
  void frames_withMotion_areThoseWithout() throws IOException {
    Path file = folder.resolve("slide.mp4");
    VideoWriter.save(file, upperHalfSlides(), new EncodeOptions(25, 18, GOP));
    try (VideoReader with = Videos.open(file, new DecodeOptions(0, true));
        VideoReader without = Videos.open(file, DecodeOptions.NATIVE)) {
      assertThat(with.frames(0, 5, 9).rgb()).isEqualTo(without.frames(0, 5, 9).rgb());
      assertThatThrownBy(() -> without.motion(5)).isInstanceOf(IllegalStateException.class);
    }
  }
}
