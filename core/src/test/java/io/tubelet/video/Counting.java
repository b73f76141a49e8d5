package io.tubelet.video;

import java.nio.file.Path;

/** The slow way to frames, against which the fast one is held: decode from the start and count. */
final class Counting {
  private Counting() {}

  static VideoReader open(Path path) throws VideoException {
    VideoFile file = file(path);
    return new FfmpegVideoReader(
        file, new SequentialFrames(file, SequentialFrames.count(file)), DecodeOptions.NATIVE);
  }

  static int frames(Path path) throws VideoException {
    try (VideoFile file = file(path)) {
      return SequentialFrames.count(file).frames();
    }
  }

  private static VideoFile file(Path path) {
    return VideoFile.of(path, OpenOptions.DEFAULT.withIndexCache(OpenOptions.OFF));
  }
}
