package io.tubelet.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two thousand windows, one in ten of a file that is refused, leave nothing native behind. */
class SteadyMemoryTest {

  @Test
  void windows_many_leaveTheNumberOfNativeObjectsAndTheMemoryAsTheyWere(@TempDir Path folder)
      throws IOException {
    Path good = folder.resolve("clip.mp4");
    VideoWriter.save(good, MovingTexture.frames(24, 180, 240), new EncodeOptions(25, 30, 4));
    Path gif = folder.resolve("clip.gif");
    VideoWriter.save(gif, MovingTexture.frames(6, 24, 32), EncodeOptions.DEFAULT);
    Path bad = Files.write(folder.resolve("bad.mp4"), cut(Files.readAllBytes(good)));
    OpenOptions options = OpenOptions.DEFAULT.withIndexCache(folder.resolve("cache").toString());
    windows(good, gif, bad, options, 300);
    long objects = Pointer.totalCount();
    long bytes = Pointer.physicalBytes();
    windows(good, gif, bad, options, 2000);
    assertThat(Pointer.totalCount()).isEqualTo(objects);
    assertThat(Pointer.physicalBytes() - bytes)
        .isLessThan(80L << 20); // a picture a window would be 130
  }

  private static byte[] cut(byte[] bytes) {
    return Arrays.copyOf(bytes, 200);
  }

  private static void windows(Path good, Path gif, Path bad, OpenOptions options, int count)
      throws IOException {
    SplittableRandom rng = new SplittableRandom(1);
    for (int i = 0; i < count; i++) {
      if (i % 10 == 9) {
        assertThatThrownBy(() -> Videos.open(bad, DecodeOptions.NATIVE, options))
            .isInstanceOf(VideoException.class);
        continue;
      }
      Path file = i % 10 == 8 ? gif : good;
      try (VideoReader reader = Videos.open(file, new DecodeOptions(20), options)) {
        int start = rng.nextInt(reader.info().frames() - 3);
        reader.each(new int[] {start, start + 2}, (number, frame) -> {});
        reader.frames(start);
      }
    }
  }
}
