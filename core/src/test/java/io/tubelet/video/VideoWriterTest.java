package io.tubelet.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.clip.Frames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoWriterTest {
  private final Path folder;

  VideoWriterTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void save_mp4_readsBackAlmostTheSamePictures() throws IOException {
    Frames frames = MovingTexture.frames(20, 72, 96);
    Path file = folder.resolve("clip.mp4");
    VideoWriter.save(file, frames, EncodeOptions.DEFAULT.withFps(12.5));
    try (VideoReader reader = Videos.open(file, DecodeOptions.NATIVE)) {
      assertThat(reader.info()).isEqualTo(new VideoInfo(20, 72, 96, 12.5, "h264"));
      Frames back = reader.frames(IntStream.range(0, 20).toArray());
      assertThat(meanDifference(frames, back)).isLessThan(6);
    }
  }

  @Test
  void save_coarserQuantizer_makesASmallerFile() throws IOException {
    Frames frames = MovingTexture.frames(20, 72, 96);
    VideoWriter.save(folder.resolve("fine.mp4"), frames, new EncodeOptions(25, 18, 12));
    VideoWriter.save(folder.resolve("coarse.mp4"), frames, new EncodeOptions(25, 40, 12));
    assertThat(Files.size(folder.resolve("fine.mp4")))
        .isGreaterThan(2 * Files.size(folder.resolve("coarse.mp4")));
  }

  @Test
  void save_twice_givesTheSameBytes() throws IOException {
    Path one = MovingTexture.write(folder.resolve("one.mp4"), 20, 12);
    Path two = MovingTexture.write(folder.resolve("two.mp4"), 20, 12);
    assertThat(one).hasSameBinaryContentAs(two);
  }

  @Test
  void save_gif_readsBackEveryFrame() throws IOException {
    Frames frames = MovingTexture.frames(7, 33, 45);
    Path file = folder.resolve("clip.gif");
    VideoWriter.save(file, frames, EncodeOptions.DEFAULT.withFps(10));
    try (VideoReader reader = Videos.open(file, DecodeOptions.NATIVE)) {
      assertThat(reader.info()).isEqualTo(new VideoInfo(7, 33, 45, 10, "gif"));
      Frames back = reader.frames(IntStream.range(0, 7).toArray());
      assertThat(meanDifference(frames, back)).isLessThan(8);
    }
  }

  @Test
  void close_beforeFinish_leavesNothingBehind() throws IOException {
    Path file = Files.writeString(folder.resolve("clip.mp4"), "an older video");
    try (VideoWriter writer = VideoWriter.create(file, 72, 96, EncodeOptions.DEFAULT)) {
      writer.write(MovingTexture.frames(3, 72, 96));
    }
    assertThat(folder.toFile().list()).containsExactly("clip.mp4");
    assertThat(file).hasContent("an older video");
  }

  @Test
  void write_otherSizeOrAfterFinish_isRefused() throws IOException {
    Path file = folder.resolve("clip.mp4");
    try (VideoWriter writer = VideoWriter.create(file, 72, 96, EncodeOptions.DEFAULT)) {
      assertThatThrownBy(() -> writer.write(MovingTexture.frames(1, 96, 72)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("96 x 72")
          .hasMessageContaining("72 x 96");
      writer.write(MovingTexture.frames(3, 72, 96));
      writer.finish();
      assertThatThrownBy(() -> writer.write(MovingTexture.frames(1, 72, 96)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void create_cannotBeWritten_saysWhy() {
    refuses("clip.mp4", 71, 96, "even");
    refuses("clip.avi", 72, 96, ".mp4 or .gif");
    refuses("no/such/folder/clip.mp4", 72, 96, "No such file");
  }

  private void refuses(String name, int height, int width, String reason) {
    assertThatThrownBy(
            () ->
                VideoWriter.create(folder.resolve(name), height, width, EncodeOptions.DEFAULT)
                    .close())
        .isInstanceOf(VideoException.class)
        .hasMessageContaining(reason);
    assertThat(folder).isEmptyDirectory();
  }

  private static double meanDifference(Frames a, Frames b) {
    long sum = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      sum += Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff));
    }
    return (double) sum / a.rgb().length;
  }

  /** Widths of which the last columns were left unconverted, 340 and 148 among them. */
  @Test
  void frames_anyEvenWidth_areRightToTheLastColumn(@TempDir Path folder) throws Exception {
    int height = 16;
    for (int width = 132; width <= 166; width += 2) {
      byte[] rgb = new byte[2 * height * width * 3];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (byte) (60 + i / 3 % width);
      }
      Path file = folder.resolve(width + ".mp4");
      VideoWriter.save(file, new Frames(2, height, width, rgb), new EncodeOptions(25, 12, 12));
      try (VideoReader video = Videos.open(file, DecodeOptions.NATIVE)) {
        byte[] read = video.frames(1).rgb();
        for (int i = 0; i < read.length; i++) {
          assertThat(Byte.toUnsignedInt(read[i]))
              .as("width %d, column %d", width, i / 3 % width)
              .isCloseTo(Byte.toUnsignedInt(rgb[i]), within(12));
        }
      }
    }
  }
}
