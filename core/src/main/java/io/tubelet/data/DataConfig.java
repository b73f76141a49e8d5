package io.tubelet.data;

import io.tubelet.augment.ColourJitter;
import io.tubelet.augment.Cropping;
import io.tubelet.sample.ClipSampling;
import io.tubelet.video.OpenOptions;

/**
 * How videos become clips.
 *
 * @param sampling which frames make a clip
 * @param crop which part of the picture
 * @param flip probability of mirroring a clip left to right, 0 to 1
 * @param colourJitter random changes of brightness, contrast, saturation and hue, after the crop
 * @param shortSide decode to this many pixels on the shorter side; 0 keeps the coded size
 * @param repeats clips made of a video each time it is decoded (repeated sampling, mae_st); a batch
 *     holds this many clips of each of its videos
 * @param workers threads that decode; 0 takes as many as keep pace with the training, at most one
 *     for each processor
 * @param prefetch batches made ahead of the training; they lie on the heap and take a quarter of it
 *     at most, whatever is asked for
 * @param cache memory outside the heap that keeps decoded videos; 0 turns it off
 * @param maxBroken largest share of files that may be unreadable before the run fails, 0 to 1
 * @param open what is read of a file, and what that may cost
 */
public record DataConfig(
    ClipSampling sampling,
    Cropping crop,
    double flip,
    ColourJitter colourJitter,
    int shortSide,
    int repeats,
    int workers,
    int prefetch,
    ByteSize cache,
    double maxBroken,
    OpenOptions open) {

  public DataConfig {
    requireShare("flip", flip);
    requireShare("max-broken", maxBroken);
    requireAtLeast("short-side", shortSide, 0);
    requireAtLeast("repeats", repeats, 1);
    requireAtLeast("workers", workers, 0);
    requireAtLeast("prefetch", prefetch, 1);
  }

  /** Opens videos as is said here. */
  public VideoOpener opener() {
    return VideoOpener.with(open);
  }

  private static void requireShare(String field, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "data.%s must lie in [0, 1], got %s".formatted(field, value));
    }
  }

  private static void requireAtLeast(String field, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "data.%s must be at least %d, got %d".formatted(field, least, value));
    }
  }
}
