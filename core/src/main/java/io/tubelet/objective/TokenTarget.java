package io.tubelet.objective;

import io.tubelet.clip.ClipShape;
import io.tubelet.model.Patchify;
import io.tubelet.model.PredictedFrames;
import io.tubelet.model.TokenMasks;
import org.bytedeco.pytorch.Tensor;

/**
 * The words that a tokenizer of pictures says of the hidden tokens' patches (BEiT,
 * https://arxiv.org/abs/2106.08254; mae_st, Table 2b, "dVAE token"): one word for each predicted
 * frame of a token. The decoder says how likely each word of the vocabulary is, and is scored by
 * {@link Loss#CROSS_ENTROPY}.
 *
 * @param tokenizer a run's folder, or a state dict of the public image tokenizer's encoder
 * @param vocabulary words that it has
 */
public record TokenTarget(String tokenizer, int vocabulary) implements Target {

  public TokenTarget {
    if (tokenizer.isBlank()) {
      throw new IllegalArgumentException(
          "target.tokenizer must name the weights of a tokenizer, got nothing");
    }
    if (vocabulary < 2) {
      throw new IllegalArgumentException("target.vocabulary must be at least 2, got " + vocabulary);
    }
  }

  /** What says words of pictures. */
  @FunctionalInterface
  public interface Tokenizer {
    /** Frames {@code [B, F, H, W, 3]} as bytes, to words {@code [B, F, rows, columns]} int64. */
    Tensor words(Tensor frames, int rows, int columns);
  }

  @Override
  public int valuesPerToken(PredictedFrames frames) {
    return Math.multiplyExact(frames.perToken(), vocabulary);
  }

  /** Computes it: the number of each word, {@code [B, M, u]} int64. */
  public TargetValues values(PredictedFrames frames, Tokenizer tokenizer) {
    Patchify patchify = new Patchify(frames.sampled());
    ClipShape clip = frames.clip();
    return (tokens, masks) -> {
      Tensor shown = frames.select(patchify.clips(tokens)); // [B, F, H, W, 3]
      Tensor words = tokenizer.words(shown, clip.rows(), clip.columns());
      long slots = shown.size(1) / frames.perToken();
      Tensor ofPlaces =
          words
              .reshape(shown.size(0), slots, frames.perToken(), clip.tokensPerSlot())
              .transpose(2, 3)
              .reshape(shown.size(0), slots * clip.tokensPerSlot(), frames.perToken());
      return TokenMasks.pick(ofPlaces, frames.selected(masks.hidden()));
    };
  }

  @Override
  public boolean isScoredBy(Loss loss) {
    return loss == Loss.CROSS_ENTROPY;
  }

  @Override
  public String describe(PredictedFrames frames) {
    return "words of %s (%,d there are) for %s".formatted(tokenizer, vocabulary, frames.describe());
  }
}
