package io.tubelet.measure;

import io.tubelet.measure.VideoSet.Video;
import io.tubelet.sample.ClipSampling;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Random windows of random videos, the same ones whenever they are asked for.
 *
 * @param set the videos
 * @param sampling which frames make a window
 * @param frames of a window
 * @param repeats windows of a video each time it is opened
 */
record Windows(VideoSet set, ClipSampling sampling, int frames, int repeats) {
  private static final long SEED = 0x77696E646F7773L;

  /**
   * One opening of a video.
   *
   * @param windows frame numbers of each
   */
  record Visit(Video video, List<int[]> windows) {

    /** All frames of its windows, ascending, each once. */
    int[] frames() {
      return windows.stream().flatMapToInt(Arrays::stream).sorted().distinct().toArray();
    }
  }

  /** The visit of this number. */
  Visit visit(long number) {
    SplittableRandom rng = new SplittableRandom(SEED + number);
    Video video = set.videos().get(rng.nextInt(set.videos().size()));
    List<int[]> windows =
        IntStream.range(0, repeats)
            .mapToObj(
                r -> sampling.draw(frames, video.info().frames(), video.info().fps(), rng.split()))
            .toList();
    return new Visit(video, windows);
  }
}
