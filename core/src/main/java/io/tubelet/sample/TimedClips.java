package io.tubelet.sample;

/**
 * mae_st's test: clips of equal duration, as {@link TimedSampling} cuts them, at equal distances
 * over the video.
 *
 * <p>Clip {@code c} of K starts at {@code c * floor(room / (K - 1))}, so that the last one may end
 * before the video does; one clip alone starts at {@code floor(room / 2)}.
 *
 * @param stride frames from one chosen frame to the next at {@code targetFps}, tau
 * @param targetFps the rate that strides are counted in; 30 in the official program
 */
public record TimedClips(int stride, double targetFps) implements TestClips {

  public TimedClips {
    SamplingChecks.requireStride("views.clips", stride);
    SamplingChecks.requireTargetFps("views.clips", targetFps);
  }

  @Override
  public int[][] frames(int clips, int clipFrames, int videoFrames, double fps) {
    requireClips(clips);
    TimedSampling sampling = new TimedSampling(stride, targetFps);
    double room = sampling.room(clipFrames, videoFrames, fps);
    int[][] frames = new int[clips][];
    for (int c = 0; c < clips; c++) {
      double start = clips == 1 ? Math.floor(room / 2) : c * Math.floor(room / (clips - 1));
      frames[c] = sampling.from(start, clipFrames, videoFrames, fps);
    }
    return frames;
  }
}
