package io.tubelet.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_INTERLACED_DCT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_INTERLACED_ME;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P10LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;

import io.tubelet.clip.Frames;
import io.tubelet.video.EncodedFile.Track;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What videos of other people do: each rule of docs/data.md with a file that needs it. */
class AwkwardFormatsTest {
  private static final Frames FRAMES = MovingTexture.frames(12, 72, 96);

  private final Path folder;

  AwkwardFormatsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Frames all(Path file) throws VideoException {
    try (VideoReader reader = Videos.open(file, DecodeOptions.NATIVE)) {
      return reader.frames(IntStream.range(0, reader.info().frames()).toArray());
    }
  }

  private static double difference(Frames a, Frames b) {
    long sum = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      sum += Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff));
    }
    return (double) sum / a.rgb().length;
  }

  @Test
  void frames_ofVariableRate_areNumberedAsTheyAreNotAsTheyLast() throws IOException {
    Track track =
        Track.of("mjpeg", AV_PIX_FMT_YUVJ420P, FRAMES, 1)
            .at(0, 1, 2, 3, 20, 21, 40, 100, 101, 102, 110, 111);
    Frames read = all(EncodedFile.write(folder.resolve("held.mkv"), "matroska", track));
    assertThat(read.count()).isEqualTo(12);
    assertThat(difference(read, FRAMES)).isLessThan(6);
  }

  @Test
  void frames_ofPixelsThatAreNotSquare_areDeliveredAsCoded() throws IOException {
    Track track =
        Track.of("mpeg4", AV_PIX_FMT_YUV420P, FRAMES, 6)
            .with(codec -> codec.sample_aspect_ratio().num(4).den(3));
    Frames read = all(EncodedFile.write(folder.resolve("wide.mp4"), "mp4", track));
    assertThat(read.height()).isEqualTo(72);
    assertThat(read.width()).isEqualTo(96);
  }

  @Test
  void frames_interlaced_areWholeFramesAndNotTakenApart() throws IOException {
    Track track =
        Track.of("mpeg2video", AV_PIX_FMT_YUV420P, FRAMES, 6)
            .with(
                codec ->
                    codec.flags(
                        codec.flags()
                            | AV_CODEC_FLAG_INTERLACED_DCT
                            | AV_CODEC_FLAG_INTERLACED_ME));
    Frames read = all(EncodedFile.write(folder.resolve("fields.ts"), "mpegts", track));
    assertThat(read.count()).isEqualTo(12);
    assertThat(read.height()).isEqualTo(72);
    assertThat(difference(read, FRAMES)).isLessThan(10);
  }

  @Test
  void frames_tenBitOfOddSize_areDeliveredInEightBits() throws IOException {
    Frames odd = MovingTexture.frames(5, 71, 95);
    Track track = Track.of("ffv1", AV_PIX_FMT_YUV422P10LE, odd, 1);
    Frames read = all(EncodedFile.write(folder.resolve("ten.mkv"), "matroska", track));
    assertThat(read.height()).isEqualTo(71);
    assertThat(read.width()).isEqualTo(95);
    assertThat(difference(read, odd)).isLessThan(4);
  }

  @Test
  void frames_whoseSizeChangesOnTheWay_areBroughtToThatOfTheFirst() throws IOException {
    Frames small = MovingTexture.frames(6, 48, 64);
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    for (Frames part : new Frames[] {FRAMES, small}) {
      Track track = Track.of("mjpeg", AV_PIX_FMT_YUVJ420P, part, 1);
      both.write(
          Files.readAllBytes(EncodedFile.write(folder.resolve("part.mjpeg"), "mjpeg", track)));
    }
    Frames read = all(Files.write(folder.resolve("both.mjpeg"), both.toByteArray()));
    assertThat(read.count()).isEqualTo(18);
    assertThat(read.height()).isEqualTo(72);
    assertThat(read.width()).isEqualTo(96);
    byte[] last = Arrays.copyOfRange(read.rgb(), read.offset(17), read.offset(17) + 72 * 96 * 3);
    assertThat(IntStream.range(0, last.length).map(i -> last[i] & 0xff).max().orElse(0))
        .isGreaterThan(150);
  }

  @Test
  void frames_ofAnImage_areOne() throws IOException {
    Track track = Track.of("mjpeg", AV_PIX_FMT_YUVJ420P, MovingTexture.frames(1, 72, 96), 1);
    Path file = EncodedFile.write(folder.resolve("image.jpg"), "image2pipe", track);
    Frames read = all(file);
    assertThat(read.count()).isEqualTo(1);
    assertThat(difference(read, MovingTexture.frames(1, 72, 96))).isLessThan(6);
  }
}
