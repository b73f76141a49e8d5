package io.tubelet.augment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tubelet.clip.CropBox;

/**
 * How the clips of one batch are mixed: each with the one that stands as far from the other end,
 * the first with the last.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = MixDraw.Unmixed.class, name = "unmixed"),
  @JsonSubTypes.Type(value = MixDraw.Mixup.class, name = "mixup"),
  @JsonSubTypes.Type(value = MixDraw.Cutmix.class, name = "cutmix")
})
public sealed interface MixDraw {

  /** Clips stay as they are. */
  MixDraw NONE = new Unmixed();

  /** Share of the clip's own label, from 0 to 1; the partner's has the rest. */
  double lambda();

  /** Clips stay as they are. */
  record Unmixed() implements MixDraw {
    @Override
    public double lambda() {
      return 1;
    }
  }

  /** Every pixel is {@code lambda} times the clip's plus the rest times its partner's. */
  record Mixup(double lambda) implements MixDraw {
    public Mixup {
      requireShare(lambda);
    }
  }

  /**
   * A box of all frames shows the partner.
   *
   * @param lambda share of the frame outside of the box
   */
  record Cutmix(CropBox box, double lambda) implements MixDraw {
    public Cutmix {
      requireShare(lambda);
    }
  }

  /** Mixup; nothing where {@code lambda} is 1. */
  static MixDraw mixup(double lambda) {
    return lambda == 1 ? NONE : new Mixup(lambda);
  }

  /**
   * Cutmix with a box whose sides are {@code sqrt(1 - lambda)} of the frame's, halves rounded down,
   * about a pixel, cut at the frame's edges; lambda then follows the box as it was cut. Nothing
   * where that leaves no box.
   *
   * @param lambda share of the frame that is to stay
   * @param row pixel in the middle of the box
   * @param column pixel in the middle of the box
   */
  static MixDraw cutmix(double lambda, int row, int column, int height, int width) {
    double side = Math.sqrt(1 - lambda);
    int halfHeight = (int) (height * side) / 2;
    int halfWidth = (int) (width * side) / 2;
    int top = Math.max(0, row - halfHeight);
    int left = Math.max(0, column - halfWidth);
    int boxHeight = Math.min(height, row + halfHeight) - top;
    int boxWidth = Math.min(width, column + halfWidth) - left;
    if (boxHeight <= 0 || boxWidth <= 0) {
      return NONE;
    }
    double stays = 1 - (double) (boxHeight * boxWidth) / (height * width);
    return new Cutmix(new CropBox(top, left, boxHeight, boxWidth), stays);
  }

  /**
   * Clips are mixed in pairs.
   *
   * @throws IllegalArgumentException naming the number where it is odd
   */
  static void requirePairs(long clips) {
    if (clips % 2 != 0) {
      throw new IllegalArgumentException(
          "mixup and cutmix pair the clips of a batch, so their number must be even, got " + clips);
    }
  }

  private static void requireShare(double lambda) {
    if (!(lambda >= 0 && lambda <= 1)) {
      throw new IllegalArgumentException("lambda must lie from 0 to 1, got " + lambda);
    }
  }
}
