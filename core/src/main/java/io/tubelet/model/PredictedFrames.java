package io.tubelet.model;

import io.tubelet.clip.ClipShape;
import io.tubelet.tensor.HostArrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Which frames a token predicts.
 *
 * <p>mae_st predicts {@code pred_t_dim} frames of a clip, chosen by an evenly spaced line from the
 * first to the last frame, truncated to whole numbers in float32: 8 of 16 are 0, 2, 4, 6, 8, 10, 12
 * and 15. Each falls into the tube of the token that predicts it.
 *
 * <p>VideoMAE's Table 1c has two choices more. With a single frame, every hidden token predicts its
 * place in the clip's centre frame, {@code T / 2} counted from zero. With twice the clip's frames,
 * those between are predicted too: then clips are sampled with twice as many, of which the model
 * sees every second one. (Its row "T x tau/2" is a clip with half the stride.) The paper does not
 * say how a token of another slot predicts the centre: this is our reading.
 *
 * @param clip the clip that the model sees, cut into tubes
 * @param count predicted frames of a clip: as many as divide its frames and are a multiple of its
 *     slots; 1; or twice its frames
 */
public record PredictedFrames(ClipShape clip, int count) {
  public PredictedFrames {
    boolean ofTheirTubes = count >= 1 && clip.frames() % count == 0 && count % clip.slots() == 0;
    if (!ofTheirTubes && count != 1 && count != 2 * clip.frames()) {
      throw new IllegalArgumentException(
          "decoder.predicted-frames must divide clip.frames and be a multiple of the %d time slots,"
                  .formatted(clip.slots())
              + " or 1 (the centre frame), or twice clip.frames (those between too):"
              + " predicted-frames=%d, frames=%d".formatted(count, clip.frames()));
    }
  }

  /** Whether all tokens predict the clip's centre frame, whichever slot they are of. */
  public boolean areTheCentre() {
    return count == 1 && clip.slots() > 1;
  }

  /** Whether frames are predicted that lie between those that the model sees. */
  public boolean lieBetween() {
    return count > clip.frames();
  }

  /** Whether each token predicts frames of its own tube, and of those that the model sees. */
  public boolean areOfTheirTubes() {
    return !areTheCentre() && !lieBetween();
  }

  /** What has to be sampled: the clip, with the frames between where they are predicted. */
  public ClipShape sampled() {
    return lieBetween()
        ? new ClipShape(count, clip.height(), clip.width(), 2 * clip.tube(), clip.patch())
        : clip;
  }

  /** The same choice for a clip of another shape; all frames of its tubes at most. */
  public PredictedFrames of(ClipShape other) {
    if (areTheCentre()) {
      return new PredictedFrames(other, 1);
    }
    return lieBetween()
        ? new PredictedFrames(other, 2 * other.frames())
        : new PredictedFrames(other, Math.min(perToken(), other.tube()) * other.slots());
  }

  /** For the reader of a page. */
  public String describe() {
    if (areTheCentre()) {
      return "the centre frame";
    }
    return lieBetween()
        ? "%d frames and as many between".formatted(clip.frames())
        : "%d of %d frames".formatted(count, clip.frames());
  }

  /** Predicted frames of one token, u. */
  public int perToken() {
    return areTheCentre() ? 1 : count / clip.slots();
  }

  /** Predicted values of one token's pixels, u*p*p*3. */
  public int valuesPerToken() {
    return perToken() * valuesPerFrame();
  }

  private int valuesPerFrame() {
    return clip.valuesPerToken() / clip.tube();
  }

  /** Frame numbers in the sampled clip, ascending. */
  public int[] indices() {
    return areTheCentre() ? new int[] {clip.frames() / 2} : line(sampled().frames(), count);
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

  /** The predicted frames: {@code [B, T, ...] -> [B, count, ...]} of the sampled clip. */
  public Tensor select(Tensor frames) {
    return count == sampled().frames() ? frames : frames.index_select(1, rows(indices(), frames));
  }

  /** Tokens of the predicted frames alone that tokens predict: {@code ids [B, K] -> [B, K]}. */
  public Tensor selected(Tensor ids) {
    return areTheCentre() ? ids.remainder(new Scalar(clip.tokensPerSlot())) : ids;
  }

  /**
   * What the model sees of tokens, without the frames between.
   *
   * @param pixels whole tokens of the sampled clip, {@code [B, K, P]}
   */
  public Tensor seen(Tensor pixels) {
    if (!lieBetween()) {
      return pixels;
    }
    long b = pixels.size(0);
    long k = pixels.size(1);
    return pixels
        .reshape(b, k, clip.tube(), 2, valuesPerFrame())
        .select(3, 0)
        .reshape(b, k, clip.valuesPerToken());
  }

  /**
   * The pixels that tokens predict.
   *
   * @param tokens all whole tokens of the sampled clip, {@code [B, N, P]}
   * @param ids the numbers of those that predict, {@code [B, K]} int64
   * @return {@code [B, K, P']}
   */
  public Tensor pixels(Tensor tokens, Tensor ids) {
    if (areTheCentre()) {
      int frame = indices()[0];
      int slot = frame / clip.tube();
      Tensor places = selected(ids).add(new Scalar(slot * clip.tokensPerSlot()));
      return TokenMasks.pick(tokens, places)
          .narrow(2, (long) frame % clip.tube() * valuesPerFrame(), valuesPerFrame());
    }
    Tensor whole = TokenMasks.pick(tokens, ids); // [B, K, P]
    return count >= clip.frames() ? whole : ofSlots(whole, ids);
  }

  /** Some frames of each tube, which ones depends on its slot: {@code [B, K, P] -> [B, K, P']}. */
  private Tensor ofSlots(Tensor pixels, Tensor ids) {
    long b = pixels.size(0);
    long k = pixels.size(1);
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
            .expand(b, k, perToken(), valuesPerFrame());
    return pixels
        .reshape(b, k, clip.tube(), valuesPerFrame())
        .gather(2, chosen)
        .reshape(b, k, valuesPerToken());
  }

  private static Tensor rows(int[] indices, Tensor like) {
    return HostArrays.ofRows(new int[][] {indices}).select(0, 0).to(like.device(), ScalarType.Long);
  }
}
