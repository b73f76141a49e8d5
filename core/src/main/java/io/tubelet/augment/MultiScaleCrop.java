package io.tubelet.augment;

import io.tubelet.clip.CropBox;
import io.tubelet.clip.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * VideoMAE's pre-training crop (from TSN): height and width are each a share out of {@code scales}
 * of the largest box that fits, at most one step of the list apart, at one of 13 fixed places.
 *
 * <p>A side within 3 pixels of the clip's becomes exactly the clip's, where the frame has room for
 * it (the official program would fill up with black). For clips that are not square the shares are
 * taken of the largest box of the clip's shape.
 *
 * @param scales shares of the side, largest first; VideoMAE: 1, 0.875, 0.75, 0.66
 */
public record MultiScaleCrop(List<Double> scales) implements Cropping {

  /** Places in quarters of the room that is left, {left, top}, in the official order. */
  private static final int[][] PLACES = {
    {0, 0}, {4, 0}, {0, 4}, {4, 4}, {2, 2}, {0, 2}, {4, 2}, {2, 4}, {2, 0}, {1, 1}, {3, 1}, {1, 3},
    {3, 3}
  };

  private static final int SNAP = 3;

  public MultiScaleCrop {
    scales = List.copyOf(scales);
    if (scales.isEmpty()) {
      throw new IllegalArgumentException("crop.scales must name at least one share, got none");
    }
    for (double scale : scales) {
      if (!(scale > 0 && scale <= 1)) {
        throw new IllegalArgumentException("crop.scales must lie in (0, 1], got " + scales);
      }
    }
  }

  @Override
  public CropBox draw(
      int sourceHeight, int sourceWidth, int height, int width, RandomGenerator rng) {
    List<Size> sizes = sizes(sourceHeight, sourceWidth, height, width);
    Size size = sizes.get(rng.nextInt(sizes.size()));
    List<CropBox> boxes = boxes(sourceHeight, sourceWidth, size);
    return boxes.get(rng.nextInt(boxes.size()));
  }

  @Override
  public Resampling resampling() {
    return Resampling.ANTIALIASED;
  }

  /** All sizes a box may have, each as likely as the others; doubles count twice. */
  List<Size> sizes(int sourceHeight, int sourceWidth, int height, int width) {
    CropBox largest = CentreCrop.box(sourceHeight, sourceWidth, height, width);
    List<Size> sizes = new ArrayList<>();
    for (int i = 0; i < scales.size(); i++) {
      int boxHeight = side(largest.height(), scales.get(i), height, sourceHeight);
      for (int j = Math.max(0, i - 1); j <= Math.min(scales.size() - 1, i + 1); j++) {
        sizes.add(new Size(boxHeight, side(largest.width(), scales.get(j), width, sourceWidth)));
      }
    }
    return sizes;
  }

  /** The 13 places of a box of this size. */
  static List<CropBox> boxes(int sourceHeight, int sourceWidth, Size size) {
    int down = (sourceHeight - size.height()) / 4;
    int across = (sourceWidth - size.width()) / 4;
    List<CropBox> boxes = new ArrayList<>(PLACES.length);
    for (int[] place : PLACES) {
      boxes.add(new CropBox(place[1] * down, place[0] * across, size.height(), size.width()));
    }
    return boxes;
  }

  private static int side(int largest, double scale, int clip, int source) {
    int side = Math.max(1, (int) (largest * scale));
    return Math.abs(side - clip) < SNAP && clip <= source ? clip : side;
  }
}
