package io.tubelet.data;

import io.tubelet.augment.Crop;
import java.util.Arrays;

/**
 * Where a clip comes from: with this its pixels can be made again.
 *
 * @param pass over the data
 * @param sample number of the clip in its pass: with the pass, the name of its random streams
 * @param video number of the video in the manifest
 * @param frames numbers of its frames
 * @param crop box and flip
 */
public record ClipDraw(long pass, long sample, int video, int[] frames, Crop crop) {

  @Override
  public String toString() {
    return "video %d, frames %s, %s".formatted(video, Arrays.toString(frames), crop);
  }
}
