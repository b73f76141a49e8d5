package io.tubelet.sample;

/**
 * The one clip in the middle of the video: every {@code stride}-th frame, its last frame repeated
 * where the video is shorter. For looking at a run while it trains.
 *
 * @param stride distance of neighbouring frames, tau
 */
public record CentreClip(int stride) implements TestClips {

  public CentreClip {
    SamplingChecks.requireStride("views.clips", stride);
  }

  @Override
  public int[][] frames(int clips, int clipFrames, int videoFrames, double fps) {
    SamplingChecks.requireFrames(clipFrames, videoFrames);
    requireClips(clips);
    long start = Math.max(0, videoFrames - (long) clipFrames * stride) / 2;
    int[] frames = new int[clipFrames];
    for (int i = 0; i < clipFrames; i++) {
      frames[i] = (int) Math.min(start + (long) i * stride, videoFrames - 1);
    }
    return new int[][] {frames};
  }

  @Override
  public void requireClips(int clips) {
    if (clips != 1) {
      throw new IllegalArgumentException("the centre of a video is one clip, got " + clips);
    }
  }
}
