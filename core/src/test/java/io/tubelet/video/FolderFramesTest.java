package io.tubelet.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.clip.Frames;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderFramesTest {
  private static final int FRAMES = 12;

  private final Path folder;

  FolderFramesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private void write(String name, Frames frames, int frame) throws IOException {
    BufferedImage image =
        new BufferedImage(frames.width(), frames.height(), BufferedImage.TYPE_INT_RGB);
    int at = frames.offset(frame);
    for (int y = 0; y < frames.height(); y++) {
      for (int x = 0; x < frames.width(); x++, at += 3) {
        byte[] rgb = frames.rgb();
        image.setRGB(
            x, y, (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | (rgb[at + 2] & 0xff));
      }
    }
    String kind = name.endsWith("png") ? "png" : name.endsWith("bmp") ? "bmp" : "jpg";
    assertThat(ImageIO.write(image, kind, folder.resolve(name).toFile())).isTrue();
  }

  private VideoReader open(OpenOptions options) throws VideoException {
    return Videos.open(folder, DecodeOptions.NATIVE, options);
  }

  @ParameterizedTest
  @CsvSource({"img_%05d.png, 1", "frame%06d.png, 0", "%d.bmp, 7", "image-%03d.PNG, 95"})
  void frames_numberedPictures_areThosePictures(String form, int first) throws IOException {
    Frames frames = MovingTexture.frames(FRAMES, 33, 45);
    for (int t = FRAMES - 1; t >= 0; t--) {
      write(form.toLowerCase(Locale.ROOT).formatted(first + t), frames, t);
    }
    Files.writeString(folder.resolve("readme.txt"), "not a picture");
    assertThat(Videos.isFrameFolder(folder)).isTrue();
    try (VideoReader reader = open(OpenOptions.DEFAULT)) {
      String codec = form.endsWith("bmp") ? "bmp" : "png";
      assertThat(reader.info()).isEqualTo(new VideoInfo(FRAMES, 33, 45, 0, codec));
      byte[] all = reader.frames(IntStream.range(0, FRAMES).toArray()).rgb();
      assertThat(Arrays.equals(all, frames.rgb())).isTrue();
      int[] some = {9, 2, 2};
      Frames picked = reader.frames(some);
      assertThat(picked.rgb()[picked.offset(1)]).isEqualTo(frames.rgb()[frames.offset(2)]);
    }
  }

  @Test
  void frames_jpegs_areCloseAndHaveTheRateThatIsGiven() throws IOException {
    Frames frames = MovingTexture.frames(3, 48, 64);
    for (int t = 0; t < 3; t++) {
      write("img_%05d.jpg".formatted(t + 1), frames, t);
    }
    try (VideoReader reader =
        open(new OpenOptions(OpenOptions.OFF, StreamChoice.BEST, 12, 300, 40_000_000, 1L << 40))) {
      assertThat(reader.info()).isEqualTo(new VideoInfo(3, 48, 64, 12, "mjpeg"));
      byte[] back = reader.frames(0, 1, 2).rgb();
      long sum = 0;
      for (int i = 0; i < back.length; i++) {
        sum += Math.abs((back[i] & 0xff) - (frames.rgb()[i] & 0xff));
      }
      assertThat((double) sum / back.length).isLessThan(6);
    }
  }

  @Test
  void open_flowBesidePictures_takesThePictures() throws IOException {
    Frames frames = MovingTexture.frames(4, 16, 16);
    for (int t = 0; t < 2; t++) {
      write("img_%05d.png".formatted(t), frames, t);
      write("flow_x_%05d.png".formatted(t), frames, t + 2);
    }
    try (VideoReader reader = open(OpenOptions.DEFAULT)) {
      assertThat(reader.frames(0).rgb()[0]).isEqualTo(frames.rgb()[0]);
      assertThat(reader.info().frames()).isEqualTo(2);
    }
  }

  @Test
  void open_folderThatIsNoVideo_saysWhy() throws IOException {
    Frames frames = MovingTexture.frames(4, 16, 16);
    refuses("without numbered pictures");
    write("img_1.png", frames, 0);
    write("img_3.png", frames, 1);
    refuses("lacks picture 2, the one before img_3.png");
    write("img_2.png", frames, 1);
    write("img_02.png", frames, 1);
    refuses("img_02.png and img_2.png have the same number");
    Files.delete(folder.resolve("img_02.png"));
    write("frame_1.png", frames, 0);
    refuses("several series");
  }

  @Test
  void frames_onePictureBroken_isNamedAndTheOthersAreServed() throws IOException {
    Frames frames = MovingTexture.frames(3, 16, 16);
    for (int t = 0; t < 3; t++) {
      write("img_%d.png".formatted(t), frames, t);
    }
    Files.writeString(folder.resolve("img_1.png"), "no picture");
    try (VideoReader reader = open(OpenOptions.DEFAULT)) {
      assertThat(reader.frames(0, 2).count()).isEqualTo(2);
      assertThatThrownBy(() -> reader.frames(1))
          .isInstanceOf(VideoException.class)
          .hasMessageContaining("img_1.png")
          .hasMessageContaining("JPEG");
    }
  }

  @Test
  void frames_sizesDiffer_areBroughtToThatOfTheFirst() throws IOException {
    write("img_0.png", MovingTexture.frames(1, 16, 24), 0);
    write("img_1.png", MovingTexture.frames(1, 32, 48), 0);
    try (VideoReader reader = open(OpenOptions.DEFAULT)) {
      Frames both = reader.frames(0, 1);
      assertThat(both.height()).isEqualTo(16);
      assertThat(both.width()).isEqualTo(24);
    }
  }

  private void refuses(String reason) {
    assertThat(Videos.isFrameFolder(folder)).isFalse();
    assertThatThrownBy(() -> open(OpenOptions.DEFAULT))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining(reason);
  }
}
