package io.tubelet.augment;

import io.tubelet.clip.Frames;

/**
 * Brings one box to one size, frame by frame; holds its coefficients and its scratch rows, so it is
 * for one thread.
 */
public interface Resizer {

  /**
   * Writes one frame, {@code [height, width, 3]}.
   *
   * @param frame number of the frame in {@code source}
   * @param flip whether to mirror the result left to right
   * @param offset where in {@code target} the first byte goes
   */
  void resize(Frames source, int frame, boolean flip, byte[] target, int offset);
}
