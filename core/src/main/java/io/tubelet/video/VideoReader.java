package io.tubelet.video;

import io.tubelet.clip.Frames;
import io.tubelet.clip.MotionField;
import java.util.Optional;

/**
 * Frames of one video by number. Not thread-safe; closed by whoever opened it.
 *
 * <p>The frame of a number is the same whichever frames were asked for before.
 */
public interface VideoReader extends AutoCloseable {

  /** Takes one frame, {@code [1, H, W, 3]}, whose bytes are valid during the call only. */
  @FunctionalInterface
  interface Sink {
    void accept(int number, Frames frame) throws VideoException;
  }

  VideoInfo info();

  /**
   * The frames of these numbers, in the order asked for; numbers may repeat.
   *
   * @throws VideoException when a frame that the file promises cannot be decoded
   * @throws IndexOutOfBoundsException when a number is not below {@code info().frames()}
   */
  Frames frames(int... indices) throws VideoException;

  /**
   * Hands over the frames of these numbers one at a time, in one pass over the video: memory for a
   * single frame is enough, however many are asked for. A frame may come twice where the first
   * attempt at the pass fails; it is the same then.
   *
   * @param numbers ascending, each once
   * @throws VideoException when a frame that the file promises cannot be decoded, or from the sink
   * @throws IndexOutOfBoundsException when a number is not below {@code info().frames()}
   */
  default void each(int[] numbers, Sink sink) throws VideoException {
    for (int number : numbers) {
      sink.accept(number, frames(number));
    }
  }

  /**
   * What moved in a frame that was handed over before, told by the motion vectors it was coded
   * with; empty where it was coded without any, as key frames are. Only of readers opened with
   * {@link DecodeOptions#motion}.
   *
   * @throws VideoException when the codec keeps its vectors to itself
   */
  default Optional<MotionField> motion(int number) throws VideoException {
    return Optional.empty();
  }

  @Override
  void close();
}
