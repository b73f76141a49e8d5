package io.tubelet.sample;

/**
 * VideoMAE's test on Something-Something: every clip takes one frame out of each of T equal parts
 * of the video, clip {@code c} of K the one that lies {@code c / K} of a part behind its begin.
 *
 * <p>The official program has two clips, made by sorting the begins and the middles of the parts
 * and dealing them out in turn: the first clip has the begins, the second the middles. Other
 * numbers of clips, for which it goes wrong, follow the same rule here; one clip alone takes the
 * middles.
 */
public record SegmentClips() implements TestClips {

  @Override
  public int[][] frames(int clips, int clipFrames, int videoFrames, double fps) {
    SamplingChecks.requireFrames(clipFrames, videoFrames);
    requireClips(clips);
    int[][] frames = new int[clips][];
    for (int c = 0; c < clips; c++) {
      double share = clips == 1 ? 0.5 : (double) c / clips;
      frames[c] = SegmentSampling.shifted(clipFrames, videoFrames, share);
    }
    return frames;
  }
}
