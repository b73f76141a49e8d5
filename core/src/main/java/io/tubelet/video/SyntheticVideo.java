package io.tubelet.video;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import java.util.Arrays;
import java.util.Objects;

/**
 * A video that needs no file, for tests: every byte of frame {@code t} is {@code t mod 256}, so a
 * frame tells its number.
 */
public final class SyntheticVideo implements VideoReader {
  private final VideoInfo info;

  /** {@code frames} pictures of {@code height} by {@code width} pixels at 25 a second. */
  public SyntheticVideo(int frames, int height, int width) {
    this.info = new VideoInfo(frames, height, width, 25, "synthetic");
  }

  @Override
  public VideoInfo info() {
    return info;
  }

  @Override
  public Frames frames(int... indices) {
    int frameBytes = info.height() * info.width() * ClipShape.CHANNELS;
    byte[] rgb = new byte[Math.multiplyExact(indices.length, frameBytes)];
    for (int i = 0; i < indices.length; i++) {
      int number = Objects.checkIndex(indices[i], info.frames());
      Arrays.fill(rgb, i * frameBytes, (i + 1) * frameBytes, (byte) number);
    }
    return new Frames(indices.length, info.height(), info.width(), rgb);
  }

  @Override
  public void close() {}
}
