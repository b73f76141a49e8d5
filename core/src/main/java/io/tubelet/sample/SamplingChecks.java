package io.tubelet.sample;

/** What every way of sampling asks of its numbers. */
final class SamplingChecks {
  private SamplingChecks() {}

  static void requireStride(String field, int stride) {
    if (stride < 1) {
      throw new IllegalArgumentException(
          "%s.stride must be at least 1, got %d".formatted(field, stride));
    }
  }

  static void requireTargetFps(String field, double targetFps) {
    if (!(targetFps > 0 && Double.isFinite(targetFps))) {
      throw new IllegalArgumentException(
          "%s.target-fps must be above 0, got %s".formatted(field, targetFps));
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
