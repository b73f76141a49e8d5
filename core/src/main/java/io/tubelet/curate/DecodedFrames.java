package io.tubelet.curate;

import io.tubelet.clip.Frames;
import io.tubelet.video.DecodeOptions;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoInfo;
import io.tubelet.video.VideoReader;
import io.tubelet.video.Videos;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** All frames of a video, one after the other. */
final class DecodedFrames {
  /** Frames asked for at a time: a reader bounds the work and the pixels of one request. */
  private static final int MOST_FRAMES = 512;

  private static final long MOST_PIXELS = 1L << 30;

  private DecodedFrames() {}

  /** Takes a frame, {@code [1, H, W, 3]}, valid during the call. */
  interface Sink {
    void accept(Frames frame) throws VideoException;
  }

  /** Opens a video that has frames. */
  static VideoReader open(Path file, DecodeOptions options) throws VideoException {
    VideoReader reader = Videos.open(file, options);
    if (reader.info().frames() < 1) {
      reader.close();
      throw new VideoException(file, "has no frames");
    }
    return reader;
  }

  /** Decodes the whole of {@code file}; how many frames that gives. */
  static int count(Path file) throws VideoException {
    int[] count = {0};
    try (VideoReader reader = open(file, DecodeOptions.NATIVE)) {
      each(reader, frame -> count[0]++);
    }
    return count[0];
  }

  /** Hands over every frame once, in order; only one is held. */
  static void each(VideoReader reader, Sink sink) throws VideoException {
    VideoInfo info = reader.info();
    long pixels = (long) info.height() * info.width();
    int atATime = (int) Math.max(1, Math.min(MOST_FRAMES, MOST_PIXELS / pixels));
    int[] next = {0};
    for (int from = 0; from < info.frames(); from += atATime) {
      int[] numbers = IntStream.range(from, Math.min(info.frames(), from + atATime)).toArray();
      reader.each(
          numbers,
          (number, frame) -> {
            if (number == next[0]) { // a reader that had to begin again repeats itself
              sink.accept(frame);
              next[0]++;
            }
          });
    }
  }
}
