package io.tubelet.sample;

import java.util.random.RandomGenerator;

/**
 * Every {@code stride}-th frame from a random start, as VideoMAE's pre-training reads its videos.
 *
 * <p>The start is uniform over the places where a span of {@code T * stride} frames fits, or zero
 * where none does. The place advances only while, counted from one, {@code place + stride} stays
 * below the number of frames, so a short video repeats the frame reached last; that may be up to
 * {@code stride} frames before its end.
 *
 * @param stride frames from one chosen frame to the next, tau
 */
public record StridedSampling(int stride) implements ClipSampling {

  public StridedSampling {
    SamplingChecks.requireStride("sampling", stride);
  }

  @Override
  public int[] draw(int clipFrames, int videoFrames, double fps, RandomGenerator rng) {
    int room = room(clipFrames, videoFrames);
    return from(room > 0 ? rng.nextInt(room + 1) : 0, clipFrames, videoFrames);
  }

  @Override
  public int[] centre(int clipFrames, int videoFrames, double fps) {
    return from(room(clipFrames, videoFrames) / 2, clipFrames, videoFrames);
  }

  /** The clip that begins at frame {@code start}, counted from zero. */
  int[] from(int start, int clipFrames, int videoFrames) {
    int[] frames = new int[clipFrames];
    long place = start + 1L;
    for (int i = 0; i < clipFrames; i++) {
      frames[i] = (int) (place - 1);
      if (place + stride < videoFrames) {
        place += stride;
      }
    }
    return frames;
  }

  private int room(int clipFrames, int videoFrames) {
    SamplingChecks.requireFrames(clipFrames, videoFrames);
    return (int) Math.max(0, videoFrames - (long) clipFrames * stride);
  }
}
