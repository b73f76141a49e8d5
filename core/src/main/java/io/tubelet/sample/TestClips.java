package io.tubelet.sample;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * Chooses the clips along time that a test looks at; nothing is drawn. Every way the project knows
 * is listed here.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = DenseClips.class, name = "video-mae-dense"),
  @JsonSubTypes.Type(value = SegmentClips.class, name = "tsn"),
  @JsonSubTypes.Type(value = TimedClips.class, name = "mae-st"),
  @JsonSubTypes.Type(value = CentreClip.class, name = "centre")
})
public sealed interface TestClips permits DenseClips, SegmentClips, TimedClips, CentreClip {

  /**
   * Frame numbers of all clips, each in {@code [0, videoFrames)} and never decreasing within a
   * clip.
   *
   * @param clips clips wanted, K
   * @param clipFrames frames of a clip, T
   * @param videoFrames frames there are, at least 1
   * @param fps frames per second of the video, 0 where unknown
   * @return {@code [K][T]}
   */
  int[][] frames(int clips, int clipFrames, int videoFrames, double fps);

  /**
   * Refuses a number of clips that this way cannot give.
   *
   * @throws IllegalArgumentException naming the number
   */
  default void requireClips(int clips) {
    if (clips < 1) {
      throw new IllegalArgumentException("a test needs at least one clip of a video, got " + clips);
    }
  }
}
