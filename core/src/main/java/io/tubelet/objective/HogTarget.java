package io.tubelet.objective;

import io.tubelet.clip.ClipShape;
import io.tubelet.model.Patchify;
import io.tubelet.model.PredictedFrames;
import io.tubelet.model.TokenMasks;
import org.bytedeco.pytorch.Tensor;

/**
 * Histograms of oriented gradients of the predicted frames (MaskFeat,
 * https://arxiv.org/abs/2112.09133, section 3.2; mae_st, Table 2b): of every colour and every cell
 * of 8 x 8 pixels, how much edge there is in each of nine directions.
 *
 * <p>A token's values run over (frame, colour, direction, row of cells, column of cells), the last
 * fastest: 108 for each frame of a patch of 16 x 16. MaskFeat takes the frames 0, 2, ..., 14 of 16;
 * here {@link PredictedFrames} chooses them, by the line of mae_st.
 */
public record HogTarget() implements Target {

  @Override
  public int valuesPerToken(PredictedFrames frames) {
    int patch = frames.clip().patch();
    if (patch % OrientedGradients.CELL != 0) {
      throw new IllegalArgumentException(
          "target hog has cells of %d pixels: model.clip.patch must be a multiple, got %d (remainder %d)"
              .formatted(OrientedGradients.CELL, patch, patch % OrientedGradients.CELL));
    }
    int cells = patch / OrientedGradients.CELL;
    return frames.perToken() * ClipShape.CHANNELS * OrientedGradients.DIRECTIONS * cells * cells;
  }

  /** Computes it. */
  public TargetValues values(PredictedFrames frames) {
    Patchify patchify = new Patchify(frames.sampled());
    return (tokens, masks) ->
        TokenMasks.pick(
            ofPlaces(frames.select(patchify.clips(tokens)), frames),
            frames.selected(masks.hidden()));
  }

  /** {@code [B, F, H, W, 3] -> [B, slots of F * places, P']}: each place's values, slot by slot. */
  private static Tensor ofPlaces(Tensor frames, PredictedFrames predicted) {
    long b = frames.size(0);
    long slots = frames.size(1) / predicted.perToken();
    ClipShape clip = predicted.clip();
    long cells = clip.patch() / OrientedGradients.CELL;
    return OrientedGradients.of(frames) // [B, F, 3, 9, H/8, W/8]
        .reshape(
            b,
            slots,
            predicted.perToken(),
            (long) ClipShape.CHANNELS * OrientedGradients.DIRECTIONS,
            clip.rows(),
            cells,
            clip.columns(),
            cells)
        .permute(0, 1, 4, 6, 2, 3, 5, 7) // [B, slots, rows, columns, u, 27, c, c]
        .reshape(b, slots * clip.tokensPerSlot(), -1);
  }

  @Override
  public String describe(PredictedFrames frames) {
    return "histograms of oriented gradients of " + frames.describe();
  }
}
