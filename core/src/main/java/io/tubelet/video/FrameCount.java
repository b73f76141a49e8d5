package io.tubelet.video;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What decoding a file from end to end taught.
 *
 * @param frames how many it gave
 * @param height of the first
 * @param width of the first
 * @param points where else decoding may begin, frames ascending; none where that was not looked for
 */
record FrameCount(int frames, int height, int width, List<SeekPoint> points) implements Survey {

  FrameCount {
    points = List.copyOf(points);
  }

  /** The last point at or before a frame; null where only the file's start is. */
  @Nullable SeekPoint pointBefore(int frame) {
    int low = 0;
    int high = points.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (points.get(middle).frame() <= frame) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? null : points.get(low - 1);
  }
}
