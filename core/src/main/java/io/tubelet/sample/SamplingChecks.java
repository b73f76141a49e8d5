package io.tubelet.sample;

/** What every way of sampling asks of its numbers. */
final class SamplingChecks {
  private SamplingChecks() {}

  static void requireStride(int stride) {
    if (stride < 1) {
      throw new IllegalArgumentException("sampling.stride must be at least 1, got " + stride);
    }
  }

  static void requireFrames(int clipFrames, int videoFrames) {
    if (clipFrames < 1 || videoFrames < 1) {
      throw new IllegalArgumentException(
          "a clip needs at least one frame of a video that has one: clip frames=%d, video frames=%d"
              .formatted(clipFrames, videoFrames));
    }
  }
}
