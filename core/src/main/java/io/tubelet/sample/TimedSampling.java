package io.tubelet.sample;

import java.util.random.RandomGenerator;

/**
 * Frames at equal distances in time, as mae_st reads its videos: a clip lasts as long as {@code T *
 * stride} frames last at {@code targetFps}, whatever the rate of the video.
 *
 * <p>The span has {@code T * stride / targetFps * fps} frames and a real-valued start, uniform
 * where it fits and zero where it does not. T places from its first to its last frame, both
 * included, are computed in float32, clamped to the video and truncated: 16 frames at stride 4 lie
 * 4.2 apart, not 4, and a short video repeats its last frame.
 *
 * @param stride frames from one chosen frame to the next at {@code targetFps}, tau
 * @param targetFps the rate that strides are counted in; 30 in the official program
 */
public record TimedSampling(int stride, double targetFps) implements ClipSampling {

  public TimedSampling {
    SamplingChecks.requireStride("sampling", stride);
    SamplingChecks.requireTargetFps("sampling", targetFps);
  }

  @Override
  public int[] draw(int clipFrames, int videoFrames, double fps, RandomGenerator rng) {
    double room = room(clipFrames, videoFrames, fps);
    return from(rng.nextDouble() * room, clipFrames, videoFrames, fps);
  }

  @Override
  public int[] centre(int clipFrames, int videoFrames, double fps) {
    double room = room(clipFrames, videoFrames, fps);
    return from(Math.floor(room / 2), clipFrames, videoFrames, fps);
  }

  /** The clip that begins at place {@code start}. */
  int[] from(double start, int clipFrames, int videoFrames, double fps) {
    float first = (float) start;
    float last = (float) (start + span(clipFrames, videoFrames, fps) - 1);
    float step = clipFrames > 1 ? (last - first) / (clipFrames - 1) : 0;
    int[] frames = new int[clipFrames];
    for (int i = 0; i < clipFrames; i++) {
      // From the nearer end, as libtorch's linspace does: the last place is exactly `last`.
      float place =
          i < clipFrames / 2 || clipFrames == 1
              ? first + step * i
              : last - step * (clipFrames - 1 - i);
      frames[i] = (int) Math.max(0, Math.min(place, videoFrames - 1));
    }
    return frames;
  }

  /** The last place where a clip can start. */
  double room(int clipFrames, int videoFrames, double fps) {
    return Math.max(0, videoFrames - span(clipFrames, videoFrames, fps));
  }

  /** Frames of the video that the clip spans. */
  private double span(int clipFrames, int videoFrames, double fps) {
    SamplingChecks.requireFrames(clipFrames, videoFrames);
    return (double) stride * clipFrames / targetFps * (fps > 0 ? fps : targetFps);
  }
}
