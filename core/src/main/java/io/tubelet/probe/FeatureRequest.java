package io.tubelet.probe;

import io.tubelet.tensor.Precision;

/**
 * How features are computed and kept.
 *
 * @param viewsPerClip V, as many for every clip
 * @param views how they are cut from the videos, in words that change when the cut does
 * @param precision they are stored in, that in which the backbone computes
 * @param batch views that the backbone sees at once; a clip's views are never parted
 * @param workers threads that decode
 */
public record FeatureRequest(
    int viewsPerClip, String views, Precision precision, int batch, int workers) {
  public FeatureRequest {
    if (viewsPerClip < 1) {
      throw new IllegalArgumentException("views-per-clip must be at least 1, got " + viewsPerClip);
    }
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1, got " + batch);
    }
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1, got " + workers);
    }
  }

  /** The same in another precision. */
  FeatureRequest in(Precision other) {
    return new FeatureRequest(viewsPerClip, views, other, batch, workers);
  }

  /** Clips of a batch. */
  int clipsAtOnce() {
    return Math.max(1, batch / viewsPerClip);
  }
}
