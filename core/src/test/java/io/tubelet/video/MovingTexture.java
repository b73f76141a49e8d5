package io.tubelet.video;

import io.tubelet.clip.Frames;
import java.io.IOException;
import java.nio.file.Path;

/** Smooth patterns that move, so that every frame differs from its neighbours. */
final class MovingTexture {
  private MovingTexture() {}

  static Frames frames(int count, int height, int width) {
    byte[] rgb = new byte[count * height * width * 3];
    int at = 0;
    for (int t = 0; t < count; t++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          rgb[at++] = (byte) (128 + 90 * Math.sin(0.11 * x + 0.23 * t));
          rgb[at++] = (byte) (128 + 90 * Math.cos(0.07 * y - 0.17 * t + 0.05 * x));
          rgb[at++] = (byte) (128 + 90 * Math.sin(0.1 * t + 0.13 * y));
        }
      }
    }
    return new Frames(count, height, width, rgb);
  }

  static Path write(Path file, int count, int gop) throws IOException {
    VideoWriter.save(file, frames(count, 72, 96), new EncodeOptions(25, 22, gop));
    return file;
  }
}
