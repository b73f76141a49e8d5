package io.tubelet.objective;

import io.tubelet.model.PixelNorm;
import io.tubelet.model.PredictedFrames;
import io.tubelet.model.TokenMasks;
import io.tubelet.tensor.TensorScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Predict something of the hidden tokens, their pixels above all; the score is a mean over all
 * values.
 *
 * <p>mae_st averages over hidden tokens of the batch, VideoMAE over a tensor of hidden tokens: as
 * every clip of a batch hides equally many, both are this mean.
 *
 * @param frames which frames each token predicts
 * @param values computes the target
 * @param norm what the model's input is normalised with
 * @param loss how the prediction is scored
 */
public record Reconstruction(
    PredictedFrames frames, TargetValues values, PixelNorm norm, Loss loss) {

  /** Pixels scored as in both papers, by the mean squared error. */
  public static Reconstruction ofPixels(
      PredictedFrames frames, PixelTarget target, PixelNorm norm) {
    return new Reconstruction(frames, target.values(frames, norm), norm, Loss.MSE);
  }

  /**
   * What the model should have predicted.
   *
   * @param tokens all tokens' pixels, {@code [B, N, P]}: bytes, or floats in [0, 1]
   * @return {@code [B, M, P']} float32; of words their numbers, {@code [B, M, u]} int64
   */
  public Tensor target(Tensor tokens, TokenMasks masks) {
    try (TensorScope scope = new TensorScope(); // several times the result's size passes through
        NoGradGuard noGrad = new NoGradGuard()) {
      return scope.keep(values.of(tokens, masks));
    }
  }

  /** The model's input: {@code [B, N, P] -> [B, V, P]} float32, normalised. */
  public Tensor visible(Tensor tokens, TokenMasks masks) {
    try (TensorScope scope = new TensorScope()) {
      Tensor pixels = TokenMasks.pick(tokens, masks.visible());
      return scope.keep(norm.normalise(frames.seen(pixels)));
    }
  }
}
