package io.tubelet.sample;

import java.util.random.RandomGenerator;

/**
 * One dense clip at a random place, as VideoMAE fine-tunes on Kinetics.
 *
 * <p>The clip spans {@code T * stride} frames and its end is uniform over {@code [T * stride, n)}:
 * a span that ends with the video's last frame is never drawn. T places from the first frame of the
 * span to the one behind its last are truncated, and the last of them moved inside: 16 frames at
 * stride 4 lie 64/15 apart, not 4.
 *
 * <p>A video that is no longer than the span is not drawn from: {@code n / stride} places from 0 to
 * {@code n}, both included, then its last frame repeated.
 *
 * @param stride frames of the span for each frame of the clip, tau
 */
public record DenseSampling(int stride) implements ClipSampling {

  public DenseSampling {
    SamplingChecks.requireStride("sampling", stride);
  }

  @Override
  public int[] draw(int clipFrames, int videoFrames, double fps, RandomGenerator rng) {
    int span = span(clipFrames, videoFrames);
    return videoFrames <= span
        ? whole(clipFrames, videoFrames)
        : endingAt(rng.nextInt(span, videoFrames), clipFrames);
  }

  @Override
  public int[] centre(int clipFrames, int videoFrames, double fps) {
    int span = span(clipFrames, videoFrames);
    return videoFrames <= span
        ? whole(clipFrames, videoFrames)
        : endingAt((videoFrames - span) / 2 + span, clipFrames);
  }

  /** The clip whose span ends before frame {@code end}. */
  int[] endingAt(int end, int clipFrames) {
    return spread(end - clipFrames * stride, end, clipFrames, clipFrames);
  }

  /** The clip of a video no longer than the span. */
  int[] whole(int clipFrames, int videoFrames) {
    return spread(0, videoFrames, videoFrames / stride, clipFrames);
  }

  /**
   * {@code places} from {@code first} to {@code end}, filled up to the clip with the last frame.
   */
  private static int[] spread(int first, int end, int places, int clipFrames) {
    double step = places > 1 ? (double) (end - first) / (places - 1) : 0;
    int[] frames = new int[clipFrames];
    for (int i = 0; i < clipFrames; i++) {
      frames[i] = i < places ? Math.min((int) (first + i * step), end - 1) : end - 1;
    }
    return frames;
  }

  private int span(int clipFrames, int videoFrames) {
    SamplingChecks.requireFrames(clipFrames, videoFrames);
    return Math.multiplyExact(clipFrames, stride);
  }
}
