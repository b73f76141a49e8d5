package io.tubelet.data;

import io.tubelet.augment.AppliedOperation;
import io.tubelet.augment.Crop;
import io.tubelet.augment.PhotometricChange;
import java.util.Arrays;
import java.util.List;

/**
 * Where a clip comes from: with this its pixels can be made again.
 *
 * @param pass over the data
 * @param sample number of the clip in its pass: with the pass, the name of its random streams
 * @param video number of the video in the manifest
 * @param frames numbers of its frames
 * @param appearance what was done to the look of the frames, in this order, before the crop
 * @param crop box and flip
 * @param photometric what was done to the cropped frames, in this order
 */
public record ClipDraw(
    long pass,
    long sample,
    int video,
    int[] frames,
    List<AppliedOperation> appearance,
    Crop crop,
    List<PhotometricChange> photometric) {

  @Override
  public String toString() {
    return "video %d, frames %s, %s, %s, %s"
        .formatted(video, Arrays.toString(frames), appearance, crop, photometric);
  }
}
