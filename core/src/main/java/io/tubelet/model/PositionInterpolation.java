package io.tubelet.model;

import io.tubelet.clip.ClipShape;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Carries position tables to another clip: bicubic over each slot's places, then linear over the
 * slots where their number changes.
 *
 * <p>VideoMAE's program does the former and leaves time alone; mae_st's treats all tokens as one
 * square picture, which is the same for a single slot.
 */
public final class PositionInterpolation {
  private PositionInterpolation() {}

  /**
   * A row for each token.
   *
   * @param table {@code [1, extra + N, D]}; the first {@code extra} rows, a class token's, stay
   * @return {@code [1, extra + N', D]}
   */
  public static Tensor joint(Tensor table, int extra, ClipShape from, ClipShape to) {
    Tensor places =
        table.narrow(1, extra, from.tokens()).reshape(from.slots(), from.tokensPerSlot(), -1);
    Tensor spread =
        temporal(spatial(places, from, to).transpose(0, 1), to.slots()) // [places', slots', D]
            .transpose(0, 1)
            .reshape(1, to.tokens(), -1);
    return torch.cat(new TensorVector(table.narrow(1, 0, extra), spread), 1);
  }

  /** A row for each place: {@code [B, places, D] -> [B, places', D]}. */
  public static Tensor spatial(Tensor places, ClipShape from, ClipShape to) {
    if (from.rows() == to.rows() && from.columns() == to.columns()) {
      return places;
    }
    Tensor picture =
        places.reshape(places.size(0), from.rows(), from.columns(), -1).permute(0, 3, 1, 2);
    return torch
        .upsample_bicubic2d(
            picture,
            new long[] {to.rows(), to.columns()},
            false,
            new DoubleOptional(),
            new DoubleOptional()) // [B, D, rows', columns']
        .permute(0, 2, 3, 1)
        .reshape(places.size(0), to.tokensPerSlot(), -1);
  }

  /** A row for each time slot: {@code [B, slots, D] -> [B, slots', D]}. */
  public static Tensor temporal(Tensor slots, int to) {
    return slots.size(1) == to
        ? slots
        : torch
            .upsample_linear1d(slots.transpose(1, 2), new long[] {to}, false, new DoubleOptional())
            .transpose(1, 2);
  }
}
