package io.tubelet.video;

import io.tubelet.clip.Frames;

/**
 * Frames of one video by number. Not thread-safe; closed by whoever opened it.
 *
 * <p>The frame of a number is the same whichever frames were asked for before.
 */
public interface VideoReader extends AutoCloseable {

  VideoInfo info();

  /**
   * The frames of these numbers, in the order asked for; numbers may repeat.
   *
   * @throws VideoException when a frame that the file promises cannot be decoded
   * @throws IndexOutOfBoundsException when a number is not below {@code info().frames()}
   */
  Frames frames(int... indices) throws VideoException;

  @Override
  void close();
}
