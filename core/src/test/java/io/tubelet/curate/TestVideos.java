package io.tubelet.curate;

import io.tubelet.clip.Frames;
import io.tubelet.dataset.ReadOptions;
import io.tubelet.video.EncodeOptions;
import io.tubelet.video.VideoWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Small videos of a pattern that depends on a number. */
final class TestVideos {
  private TestVideos() {}

  static Frames frames(int count, int height, int width, int number) {
    byte[] rgb = new byte[count * height * width * 3];
    int at = 0;
    for (int t = 0; t < count; t++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          rgb[at++] = (byte) (128 + 90 * Math.sin(0.11 * x + 0.23 * t + number));
          rgb[at++] = (byte) (128 + 90 * Math.cos(0.07 * y - 0.17 * t));
          rgb[at++] = (byte) (40 * number);
        }
      }
    }
    return new Frames(count, height, width, rgb);
  }

  static Path write(Path file, int frames, int height, int width, int number) throws IOException {
    Files.createDirectories(file.getParent());
    VideoWriter.save(file, frames(frames, height, width, number), EncodeOptions.DEFAULT);
    return file;
  }

  /** The same as numbered pictures. */
  static void writeFolder(Path folder, int frames, int height, int width, int number)
      throws IOException {
    Files.createDirectories(folder);
    Frames pictures = frames(frames, height, width, number);
    for (int t = 0; t < frames; t++) {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < height * width; i++) {
        int at = pictures.offset(t) + 3 * i;
        int red = Byte.toUnsignedInt(pictures.rgb()[at]);
        int green = Byte.toUnsignedInt(pictures.rgb()[at + 1]);
        int blue = Byte.toUnsignedInt(pictures.rgb()[at + 2]);
        image.setRGB(i % width, i / width, red << 16 | green << 8 | blue);
      }
      ImageIO.write(image, "png", folder.resolve("img_%05d.png".formatted(t + 1)).toFile());
    }
  }

  static List<ListedVideo> read(Path source) throws IOException {
    return ListedVideo.read(source, ReadOptions.TRAINING);
  }

  /** Works with so many threads, never stops. */
  static InParallel workers(int threads) {
    return new InParallel(threads, () -> false, done -> {});
  }

  /** Stops when {@code most} videos are done; with one thread. */
  static InParallel stoppingAfter(int most) {
    List<Long> reached = new ArrayList<>();
    return new InParallel(1, () -> reached.size() >= most, reached::add);
  }
}
