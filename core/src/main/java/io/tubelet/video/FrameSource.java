package io.tubelet.video;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** A way to reach frames by number: by seeking where an index is sound, else by counting. */
sealed interface FrameSource extends AutoCloseable permits IndexedFrames, SequentialFrames {

  /** Takes a decoded frame, which is valid during the call only. */
  interface Sink {
    void accept(int number, AVFrame frame) throws VideoException;
  }

  /** Opens the faster of the two that is right for this file. */
  static FrameSource open(Path file) throws VideoException {
    Demuxer demuxer = new Demuxer(file);
    try {
      FrameIndex index = FrameIndex.read(demuxer);
      if (index != null) {
        return new IndexedFrames(demuxer, index);
      }
    } catch (VideoException | RuntimeException | Error failure) {
      demuxer.close();
      throw failure;
    }
    demuxer.close();
    return new SequentialFrames(file);
  }

  CodedVideo coded();

  /** Frames of the whole video. */
  int frames();

  /**
   * Decodes the frames of these numbers, which ascend without repetition.
   *
   * @return how many of them were reached, in order; less than all where the file does not hold
   *     what it promised
   */
  int decode(int[] numbers, Sink sink) throws VideoException;

  @Override
  void close();
}
