package io.tubelet.video;

import java.nio.file.Path;

/** The slow way to frames, against which the fast one is held: decode from the start and count. */
final class Counting {
  private Counting() {}

  static VideoReader open(Path path) throws VideoException {
    return open(path, OpenOptions.DEFAULT);
  }

  static VideoReader open(Path path, OpenOptions options) throws VideoException {
    VideoFile file = VideoFile.of(path, options);
    return new FfmpegVideoReader(
        file, new SequentialFrames(file, FrameCounting.count(file)), DecodeOptions.NATIVE);
  }

  static int frames(Path path) throws VideoException {
    try (VideoFile file = VideoFile.of(path, OpenOptions.DEFAULT)) {
      return FrameCounting.count(file).frames();
    }
  }
}
