package io.tubelet.model;

import io.tubelet.clip.ClipShape;
import io.tubelet.tensor.HostArrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Which frames of its tube a token predicts.
 *
 * <p>mae_st predicts {@code pred_t_dim} frames of a clip, chosen by an evenly spaced line from the
 * first to the last frame, truncated to whole numbers in float32: 8 of 16 are 0, 2, 4, 6, 8, 10, 12
 * and 15. Each falls into the tube of the token that predicts it.
 *
 * @param clip the clip that is cut into tubes
 * @param count predicted frames of a clip; must divide its frames and be a multiple of its slots
 */
public record PredictedFrames(ClipShape clip, int count) {
  public PredictedFrames {
    if (count < 1 || clip.frames() % count != 0 || count % clip.slots() != 0) {
      throw new IllegalArgumentException(
          "decoder.predicted-frames must divide clip.frames and be a multiple of the %d time slots:"
                  .formatted(clip.slots())
              + " predicted-frames=%d, frames=%d".formatted(count, clip.frames()));
    }
  }

  /** Predicted frames of one token, u. */
  public int perToken() {
    return count / clip.slots();
  }

  /** Predicted values of one token, u*p*p*3. */
  public int valuesPerToken() {
    return clip.valuesPerToken() / clip.tube() * perToken();
  }

  /** Frame numbers in the clip, ascending. */
  public int[] indices() {
    return line(clip.frames(), count);
  }

  /** {@code count} whole numbers from 0 to {@code frames - 1}, by float32 steps from both ends. */
  static int[] line(int frames, int count) {
    int[] indices = new int[count];
    float end = frames - 1;
    float step = count == 1 ? 0 : end / (count - 1);
    for (int i = 0; i < count; i++) {
      indices[i] = (int) (i < count / 2 || count == 1 ? step * i : end - step * (count - 1 - i));
    }
    return indices;
  }

  /**
   * The predicted part of tokens' pixels.
   *
   * @param pixels whole tokens, {@code [B, K, P]}
   * @param ids their token numbers, {@code [B, K]} int64
   * @return {@code [B, K, P']}, itself when all frames are predicted
   */
  public Tensor of(Tensor pixels, Tensor ids) {
    if (count == clip.frames()) {
      return pixels;
    }
    long b = pixels.size(0);
    long k = pixels.size(1);
    int frame = clip.valuesPerToken() / clip.tube();
    int[] indices = indices();
    int[][] offsets = new int[clip.slots()][perToken()]; // within the tube, by time slot
    for (int i = 0; i < count; i++) {
      offsets[i / perToken()][i % perToken()] = indices[i] % clip.tube();
    }
    Tensor slots = ids.floor_divide(new Scalar(clip.tokensPerSlot()));
    Tensor chosen =
        HostArrays.ofRows(offsets)
            .to(ids.device(), ScalarType.Long)
            .index_select(0, slots.reshape(-1)) // [B*K, u]
            .reshape(b, k, perToken(), 1)
            .expand(b, k, perToken(), frame);
    return pixels
        .reshape(b, k, clip.tube(), frame)
        .gather(2, chosen)
        .reshape(b, k, valuesPerToken());
  }
}
