package io.tubelet.model;

import io.tubelet.clip.ClipShape;
import io.tubelet.tensor.Shapes;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Cuts clips into tubelets.
 *
 * <p>Tokens run over time, then rows, then columns; the values of a token over (frame, row, column,
 * channel), channel fastest. Cutting keeps the number format: bytes stay bytes until the few tokens
 * that are wanted have been picked.
 */
public record Patchify(ClipShape clip) {
  private static final int RGB = ClipShape.CHANNELS;

  /** {@code [B, T, H, W, 3] -> [B, N, P]}. */
  public Tensor tokens(Tensor clips) {
    Shapes.require(clips, "clips", -1, clip.frames(), clip.height(), clip.width(), RGB);
    return clips
        .reshape(
            clips.size(0),
            clip.slots(),
            clip.tube(),
            clip.rows(),
            clip.patch(),
            clip.columns(),
            clip.patch(),
            RGB)
        .permute(0, 1, 3, 5, 2, 4, 6, 7) // [B, slots, rows, columns, t, p, p, 3]
        .reshape(clips.size(0), clip.tokens(), clip.valuesPerToken());
  }

  /** The clips that were cut: {@code [B, N, P] -> [B, T, H, W, 3]}. */
  public Tensor clips(Tensor tokens) {
    Shapes.require(tokens, "tokens", -1, clip.tokens(), clip.valuesPerToken());
    return tokens
        .reshape(
            tokens.size(0),
            clip.slots(),
            clip.rows(),
            clip.columns(),
            clip.tube(),
            clip.patch(),
            clip.patch(),
            RGB)
        .permute(0, 1, 4, 2, 5, 3, 6, 7) // [B, slots, t, rows, p, columns, p, 3]
        .reshape(tokens.size(0), clip.frames(), clip.height(), clip.width(), RGB);
  }

  /** Channels last: {@code [B, 3, T, H, W] -> [B, T, H, W, 3]}. */
  public static Tensor channelsLast(Tensor clips) {
    return clips.permute(0, 2, 3, 4, 1);
  }

  /** Pixels as float32 in [0, 1]: bytes are divided by 255, floats pass. */
  public static Tensor unit(Tensor pixels) {
    return pixels.scalar_type().intern() == ScalarType.Byte
        ? pixels.to(ScalarType.Float).div_(new Scalar(255.0))
        : pixels;
  }
}
