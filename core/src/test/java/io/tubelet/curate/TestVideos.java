package io.tubelet.curate;

import io.tubelet.clip.Frames;
import io.tubelet.dataset.ReadOptions;
import io.tubelet.video.EncodeOptions;
import io.tubelet.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
