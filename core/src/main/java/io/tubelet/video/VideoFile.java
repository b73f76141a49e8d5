package io.tubelet.video;

import java.nio.file.Path;

/**
 * A file that is being read: which, what of it, and until when.
 *
 * @param motion whether decoders are to tell the motion vectors too
 */
record VideoFile(Path path, OpenOptions options, boolean motion, Deadline deadline)
    implements AutoCloseable {

  /** Starts the clock. */
  static VideoFile of(Path path, OpenOptions options) {
    return of(path, options, false);
  }

  /** Starts the clock. */
  static VideoFile of(Path path, OpenOptions options, boolean motion) {
    return new VideoFile(path, options, motion, new Deadline(options.deadline()));
  }

  /** Begins another piece of work. */
  void beginWork() {
    deadline.begin();
  }

  void requireTime() throws VideoException {
    deadline.requireTime(path);
  }

  /** Refuses a picture beyond the limit. */
  void requireSize(int height, int width) throws VideoException {
    if ((long) height * width > options.maxFramePixels()) {
      throw new VideoException(
          path,
          "pictures of %d x %d have more pixels than max-frame-pixels=%d allows"
              .formatted(width, height, options.maxFramePixels()));
    }
  }

  /** To be called when nothing reads the file any more. */
  @Override
  public void close() {
    deadline.close();
  }
}
