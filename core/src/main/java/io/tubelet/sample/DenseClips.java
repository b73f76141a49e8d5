package io.tubelet.sample;

/**
 * VideoMAE's test on Kinetics, UCF101 and HMDB51: clips at equal distances over every {@code
 * stride}-th frame of the whole video.
 *
 * <p>A video with fewer such frames than a clip takes repeats the last of them, so all its clips
 * are the same. Clip {@code c} of K starts at {@code (int) (c * room / (K - 1))} of them; one clip
 * alone, which the official program cannot take, in the middle.
 *
 * @param stride distance of neighbouring frames, tau
 */
public record DenseClips(int stride) implements TestClips {

  public DenseClips {
    SamplingChecks.requireStride("views.clips", stride);
  }

  @Override
  public int[][] frames(int clips, int clipFrames, int videoFrames, double fps) {
    SamplingChecks.requireFrames(clipFrames, videoFrames);
    requireClips(clips);
    int strided = (videoFrames - 1) / stride + 1;
    int room = Math.max(0, strided - clipFrames);
    int[][] frames = new int[clips][clipFrames];
    for (int c = 0; c < clips; c++) {
      int start = clips == 1 ? room / 2 : (int) (c * ((double) room / (clips - 1)));
      for (int i = 0; i < clipFrames; i++) {
        frames[c][i] = Math.min(start + i, strided - 1) * stride;
      }
    }
    return frames;
  }
}
