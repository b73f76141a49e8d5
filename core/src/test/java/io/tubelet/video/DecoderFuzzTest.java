package io.tubelet.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import io.tubelet.clip.Frames;
import io.tubelet.video.EncodedFile.Track;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Videos with damage in random places are read or refused: no crash, no hang, nothing but {@link
 * VideoException}, nothing native left behind.
 */
class DecoderFuzzTest {
  private static final int CASES = 120;
  private static final OpenOptions OPTIONS =
      new OpenOptions(OpenOptions.OFF, StreamChoice.BEST, 0, 20, 1 << 22, 1 << 28);

  private final Path folder;

  DecoderFuzzTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(strings = {"h264.mp4", "gif.gif", "mpeg4.avi", "mpeg2.ts", "vp8.webm", "ffv1.mkv"})
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void open_damagedInRandomPlaces_isReadOrRefused(String name) throws IOException {
    byte[] sound = Files.readAllBytes(sound(name));
    Path file = folder.resolve("damaged-" + name);
    SplittableRandom rng = new SplittableRandom(20 + name.hashCode());
    int read = 0;
    long before = 0;
    for (int i = 0; i < CASES; i++) {
      Files.write(file, damage(sound, rng));
      read += read(file, rng) ? 1 : 0;
      if (i == 10) {
        before = Pointer.totalCount();
      }
    }
    assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before + 2);
    assertThat(read).as("some still decode, some do not").isBetween(1, CASES - 1);
  }

  private Path sound(String name) throws IOException {
    Path file = folder.resolve(name);
    Frames frames = MovingTexture.frames(14, 48, 64);
    String container = name.substring(name.indexOf('.') + 1);
    switch (name.substring(0, name.indexOf('.'))) {
      case "h264", "gif" -> VideoWriter.save(file, frames, new EncodeOptions(25, 30, 6));
      case "mpeg4" -> write(file, "avi", Track.of("mpeg4", AV_PIX_FMT_YUV420P, frames, 6));
      case "mpeg2" -> write(file, "mpegts", Track.of("mpeg2video", AV_PIX_FMT_YUV420P, frames, 6));
      case "vp8" -> write(file, container, Track.of("libvpx", AV_PIX_FMT_YUV420P, frames, 6));
      default -> write(file, "matroska", Track.of("ffv1", AV_PIX_FMT_YUV420P, frames, 1));
    }
    return file;
  }

  private static void write(Path file, String container, Track track) throws VideoException {
    EncodedFile.write(file, container, track);
  }

  /** A few bytes changed, a piece cut out, doubled, emptied, or the end cut off. */
  private static byte[] damage(byte[] sound, SplittableRandom rng) {
    byte[] bytes = sound.clone();
    int from = rng.nextInt(bytes.length);
    int to = Math.min(bytes.length, from + rng.nextInt(1, 400));
    switch (rng.nextInt(6)) {
      case 0 -> {
        for (int i = rng.nextInt(1, 12); i > 0; i--) {
          bytes[rng.nextInt(bytes.length)] = (byte) rng.nextInt(256);
        }
      }
      case 1 -> { // in the header
        for (int i = rng.nextInt(1, 6); i > 0; i--) {
          bytes[rng.nextInt(Math.min(900, bytes.length))] ^= (byte) (1 << rng.nextInt(8));
        }
      }
      case 2 -> bytes = Arrays.copyOf(bytes, from);
      case 3 -> Arrays.fill(bytes, from, to, (byte) 0);
      case 4 ->
          bytes = joined(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, sound.length));
      default ->
          bytes = joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, from, sound.length));
    }
    return bytes;
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    byte[] both = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, both, head.length, tail.length);
    return both;
  }

  private static boolean read(Path file, SplittableRandom rng) {
    try (VideoReader reader = Videos.open(file, new DecodeOptions(32), OPTIONS)) {
      int frames = reader.info().frames();
      reader.frames(rng.nextInt(frames), rng.nextInt(frames), frames - 1);
      reader.frames(0);
      return true;
    } catch (VideoException refused) {
      assertThat(refused.reason()).isNotBlank().doesNotContain("\n");
      return false;
    }
  }
}
