package io.tubelet.video;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import io.tubelet.video.EncodedFile.Track;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the frames are right is {@link FrameExactnessTest}'s; here, that less is decoded. */
class SeekPointTest {
  private static final int FRAMES = 60;
  private static final int GOP = 12;

  private final Path folder;

  SeekPointTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path video(String encoder, String container) throws IOException {
    Track track = Track.of(encoder, AV_PIX_FMT_YUV420P, MovingTexture.frames(FRAMES, 72, 96), GOP);
    return EncodedFile.write(folder.resolve("clip"), container, track);
  }

  private VideoFile file(Path path) {
    return VideoFile.of(path, OpenOptions.DEFAULT.withIndexCache(OpenOptions.OFF));
  }

  @ParameterizedTest
  @CsvSource({"mpeg4,avi", "mpeg2video,mpegts", "flv,flv", "mpeg4,matroska"})
  void survey_keyFramesThatDecodeAlone_arePoints(String encoder, String container)
      throws IOException {
    try (VideoFile file = file(video(encoder, container))) {
      FrameCount count = FrameCounting.withSeekPoints(file);
      assertThat(count.frames()).isEqualTo(FRAMES);
      assertThat(count.points()).extracting(SeekPoint::frame).containsExactly(12, 24, 36, 48);
    }
  }

  @Test
  void decode_frameBehindAPoint_beginsThere() throws IOException {
    try (VideoFile file = file(video("mpeg4", "avi"))) {
      FrameCount count = FrameCounting.withSeekPoints(file);
      try (Demuxer demuxer = new Demuxer(file);
          FrameRun run = requireNonNull(FrameRun.from(count.points().get(3), demuxer))) {
        assertThat(run.number()).isEqualTo(48);
        int left = 0;
        while (run.next() != null) {
          left++;
        }
        assertThat(left).isEqualTo(12);
      }
    }
  }

  /** A point that no longer leads anywhere costs time, not frames. */
  @Test
  void decode_pointThatIsNotFound_countsFromTheStart() throws IOException {
    Path path = video("mpeg4", "avi");
    try (VideoFile file = file(path)) {
      FrameCount astray =
          new FrameCount(FRAMES, 72, 96, List.of(new SeekPoint(24, 24, Long.MAX_VALUE)));
      try (SequentialFrames frames = new SequentialFrames(file, astray);
          SequentialFrames plain = new SequentialFrames(file, FrameCounting.count(file));
          PictureDigest digest = new PictureDigest()) {
        int[] numbers = {3, 30, 31, 59};
        int[] sums = new int[FRAMES];
        assertThat(frames.decode(numbers, (n, frame) -> sums[n] = digest.of(frame))).isEqualTo(4);
        int[] want = new int[FRAMES];
        plain.decode(numbers, (n, frame) -> want[n] = digest.of(frame));
        assertThat(sums).isEqualTo(want);
      }
    }
  }

  @Test
  void pointBefore_isTheLastNotBeyondTheFrame() {
    SeekPoint twelve = new SeekPoint(12, 0, 0);
    SeekPoint thirty = new SeekPoint(30, 0, 0);
    FrameCount count = new FrameCount(40, 1, 1, List.of(twelve, thirty));
    assertThat(count.pointBefore(11)).isNull();
    assertThat(count.pointBefore(12)).isEqualTo(twelve);
    assertThat(count.pointBefore(29)).isEqualTo(twelve);
    assertThat(count.pointBefore(39)).isEqualTo(thirty);
  }
}
