package io.tubelet.sample;

import java.util.random.RandomGenerator;

/**
 * One frame out of each of T equal parts of the video (TSN, https://arxiv.org/abs/1608.00859), as
 * VideoMAE fine-tunes on Something-Something.
 *
 * <p>Each part has {@code n / T} frames, rounded down, so the last {@code n mod T} frames are never
 * drawn. A video of fewer than T frames gives its first frame T times, as in the official program.
 */
public record SegmentSampling() implements ClipSampling {

  @Override
  public int[] draw(int clipFrames, int videoFrames, double fps, RandomGenerator rng) {
    int part = part(clipFrames, videoFrames);
    int[] offsets = new int[clipFrames];
    for (int i = 0; part > 0 && i < clipFrames; i++) {
      offsets[i] = rng.nextInt(part);
    }
    return at(offsets, videoFrames);
  }

  /** The middle of each part, here with parts of {@code n / T} frames exactly: none is left out. */
  @Override
  public int[] centre(int clipFrames, int videoFrames, double fps) {
    SamplingChecks.requireFrames(clipFrames, videoFrames);
    return shifted(clipFrames, videoFrames, 0.5);
  }

  /** Frame {@code offsets[i]} of part {@code i}. */
  int[] at(int[] offsets, int videoFrames) {
    int part = part(offsets.length, videoFrames);
    int[] frames = new int[offsets.length];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = i * part + offsets[i];
    }
    return frames;
  }

  /** The frame of each part that lies this {@code share} of a part behind its begin. */
  static int[] shifted(int clipFrames, int videoFrames, double share) {
    double part = (double) videoFrames / clipFrames;
    int[] frames = new int[clipFrames];
    for (int i = 0; i < clipFrames; i++) {
      frames[i] = (int) (part * share + part * i);
    }
    return frames;
  }

  private static int part(int clipFrames, int videoFrames) {
    SamplingChecks.requireFrames(clipFrames, videoFrames);
    return videoFrames / clipFrames;
  }
}
