package io.tubelet.sample;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.random.RandomGenerator;

/**
 * Chooses the frames of a clip. Every way the project knows is listed here, under the name that is
 * written first; files of the first runs say {@code videomae}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(
      value = StridedSampling.class,
      names = {"video-mae", "videomae"}),
  @JsonSubTypes.Type(value = TimedSampling.class, name = "mae-st"),
  @JsonSubTypes.Type(value = DenseSampling.class, name = "video-mae-dense"),
  @JsonSubTypes.Type(value = SegmentSampling.class, name = "tsn")
})
public sealed interface ClipSampling
    permits StridedSampling, TimedSampling, DenseSampling, SegmentSampling {

  /**
   * Frame numbers of one clip with a random start, never decreasing, each in {@code [0,
   * videoFrames)}; a video shorter than the clip's span repeats its tail. The same generator state
   * gives the same clip.
   *
   * @param clipFrames frames wanted, T
   * @param videoFrames frames there are, at least 1
   * @param fps frames per second of the video, 0 where unknown
   */
  int[] draw(int clipFrames, int videoFrames, double fps, RandomGenerator rng);

  /** The clip in the middle of the video, for looking at results: nothing is drawn. */
  int[] centre(int clipFrames, int videoFrames, double fps);
}
