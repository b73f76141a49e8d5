package io.tubelet.data;

import io.tubelet.clip.CropBox;
import io.tubelet.clip.Size;
import java.util.Arrays;

/**
 * One look that a test takes at a video: enough to make the same pixels again.
 *
 * @param frames numbers of its frames
 * @param resized what every frame is resized to first
 * @param crop taken of the resized frames as it is
 * @param temporal which of the clips along time, from 0
 * @param spatial which of the crops of a picture, from 0
 */
public record View(int[] frames, Size resized, CropBox crop, int temporal, int spatial) {

  @Override
  public String toString() {
    return "clip %d, crop %d: frames %s of %s, %s"
        .formatted(temporal, spatial, Arrays.toString(frames), resized, crop);
  }
}
