package io.tubelet.visual;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.mask.Mask;
import java.util.Arrays;

/**
 * Predicted values of hidden tokens as pixels.
 *
 * <p>A model may predict only some frames of a tubelet (mae_st: one of two). The other frames of a
 * hidden token repeat the nearest predicted one, the earlier of two equally near.
 */
public final class PredictedPixels {

  /** What stands where nothing was predicted. */
  static final byte GREY = (byte) 128;

  private final ClipShape shape;
  private final TokenGrid grid;
  private final int[] predictedFrames;
  private final TargetScale target;

  /**
   * @param predictedFrames numbers of the clip's frames that the model predicts, ascending, equally
   *     many in every slot
   */
  public PredictedPixels(ClipShape shape, int[] predictedFrames, TargetScale target) {
    this.shape = shape;
    this.grid = new TokenGrid(shape);
    this.predictedFrames = predictedFrames.clone();
    this.target = target;
    requireSameInEverySlot();
  }

  /**
   * Frames of the clip's shape: predicted pixels in hidden tokens, grey in visible ones.
   *
   * @param values {@code [hidden, P]}, tokens ascending, P ordered (frame, row, column, channel)
   *     over the predicted frames of a slot
   * @param original hidden pixels of it are used by {@link Denormalisation#TRUE_STATISTICS} alone
   */
  public Frames of(float[][] values, Frames original, Mask mask, Denormalisation mode) {
    grid.requireFits("original", original);
    requireValues(values, mask);
    byte[] rgb = new byte[shape.bytes()];
    Arrays.fill(rgb, GREY);
    PixelScale[] scales = scales(original, mask, mode);
    for (int m = 0; m < values.length; m++) {
      fill(rgb, mask.hidden()[m], values[m], scales[m]);
    }
    return new Frames(shape.frames(), shape.height(), shape.width(), rgb);
  }

  private PixelScale[] scales(Frames original, Mask mask, Denormalisation mode) {
    return switch (mode) {
      case RAW_PREDICTION -> {
        PixelScale[] same = new PixelScale[mask.hidden().length];
        Arrays.fill(same, target.withoutStatistics());
        yield same;
      }
      case TRUE_STATISTICS -> measured(original, mask.hidden());
      case VISIBLE_STATISTICS -> {
        var nearby =
            new VisibleStatistics(grid, mask.visible(), measured(original, mask.visible()));
        yield Arrays.stream(mask.hidden()).mapToObj(nearby::at).toArray(PixelScale[]::new);
      }
    };
  }

  /** Statistics over the predicted frames only: the others are no part of the target. */
  private PixelScale[] measured(Frames original, int[] tokens) {
    return Arrays.stream(tokens)
        .mapToObj(t -> target.of(grid.pixels(original, t, predictedOf(grid.slot(t)))))
        .toArray(PixelScale[]::new);
  }

  private void fill(byte[] rgb, int token, float[] values, PixelScale scale) {
    int slot = grid.slot(token);
    int[] predicted = predictedOf(slot);
    int valuesPerFrame = shape.patch() * grid.rowBytes();
    for (int frame = slot * shape.tube(); frame < (slot + 1) * shape.tube(); frame++) {
      int v = nearest(predicted, frame) * valuesPerFrame;
      for (int r = 0; r < shape.patch(); r++) {
        int to = grid.offset(token, frame, r);
        for (int i = 0; i < grid.rowBytes(); i++) {
          rgb[to + i] = scale.pixel(i % ClipShape.CHANNELS, values[v++]);
        }
      }
    }
  }

  private int[] predictedOf(int slot) {
    int perSlot = predictedFrames.length / shape.slots();
    return Arrays.copyOfRange(predictedFrames, slot * perSlot, (slot + 1) * perSlot);
  }

  /** Which of the ascending frames is nearest. */
  private static int nearest(int[] frames, int frame) {
    int best = 0;
    for (int i = 1; i < frames.length; i++) {
      if (Math.abs(frames[i] - frame) < Math.abs(frames[best] - frame)) {
        best = i;
      }
    }
    return best;
  }

  private void requireSameInEverySlot() {
    int slots = shape.slots();
    boolean fits = predictedFrames.length > 0 && predictedFrames.length % slots == 0;
    for (int i = 0; fits && i < predictedFrames.length; i++) {
      fits =
          predictedFrames[i] / shape.tube() == i / (predictedFrames.length / slots)
              && (i == 0 || predictedFrames[i] > predictedFrames[i - 1]);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "predictedFrames must be ascending and equally many in each of %d slots of %d frames, got %s"
              .formatted(slots, shape.tube(), Arrays.toString(predictedFrames)));
    }
  }

  private void requireValues(float[][] values, Mask mask) {
    int perToken = predictedFrames.length / shape.slots() * shape.patch() * grid.rowBytes();
    int width = values.length == 0 ? perToken : values[0].length;
    if (values.length != mask.hidden().length || width != perToken) {
      throw new IllegalArgumentException(
          "values: expected [%d, %d], got [%d, %d]"
              .formatted(mask.hidden().length, perToken, values.length, width));
    }
  }
}
