package io.tubelet.data;

import io.tubelet.augment.TestCrops;
import io.tubelet.clip.ClipShape;
import io.tubelet.clip.CropBox;
import io.tubelet.clip.Size;
import io.tubelet.sample.TestClips;
import io.tubelet.video.VideoInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * How a test looks at a video: K clips along time, of each one or three crops.
 *
 * <p>The papers' tests: {@code video-mae-dense} with 7x3 or 5x3, {@code tsn} with 2x3, {@code
 * mae-st} with 10x3 or 7x3.
 *
 * @param number K x crops
 * @param clips which frames
 * @param crops which part of the picture, and how it is resized
 * @param shortSide every frame is resized to this many pixels on its shorter side
 */
public record ViewsConfig(ViewCount number, TestClips clips, TestCrops crops, int shortSide) {

  public ViewsConfig {
    if (shortSide < 1) {
      throw new IllegalArgumentException("views.short-side must be at least 1, got " + shortSide);
    }
    clips.requireClips(number.clips());
  }

  /**
   * Refuses clips that do not fit into a frame resized to the short side.
   *
   * @throws IllegalArgumentException naming both numbers
   */
  public void requireFits(ClipShape shape) {
    int side = Math.max(shape.height(), shape.width());
    if (side > shortSide) {
      throw new IllegalArgumentException(
          "views.short-side must be at least the clip's sides: short-side=%d, clip=%d x %d (width x height)"
              .formatted(shortSide, shape.width(), shape.height()));
    }
  }

  /** All views of one video, the crops of a clip next to each other; it has a frame at least. */
  public List<View> views(VideoInfo video, ClipShape shape) {
    Size resized = crops.resized(new Size(video.height(), video.width()), shortSide);
    List<CropBox> boxes = crops.boxes(resized, number.crops(), shape.height(), shape.width());
    int[][] frames = clips.frames(number.clips(), shape.frames(), video.frames(), video.fps());
    List<View> views = new ArrayList<>(number.total());
    for (int k = 0; k < frames.length; k++) {
      for (int s = 0; s < boxes.size(); s++) {
        views.add(new View(frames[k], resized, boxes.get(s), k, s));
      }
    }
    return views;
  }
}
