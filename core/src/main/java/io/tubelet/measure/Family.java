package io.tubelet.measure;

import io.tubelet.clip.ClipShape;
import io.tubelet.mask.Masking;
import io.tubelet.mask.RandomMasking;
import io.tubelet.mask.TubeMasking;
import io.tubelet.model.MaskedAutoencoderConfig;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.VitSize;
import io.tubelet.objective.PixelTarget;
import io.tubelet.optim.AdamWConfig;
import io.tubelet.optim.WeightDecayRule;

/** Whose model, mask, target and optimizer are measured: each paper's as its recipes have them. */
public enum Family {
  VIDEOMAE("videomae"),
  MAE_ST("mae-st");

  private static final int HEAD_CHANNELS = 64; // of VideoMAE's decoders
  private static final int HEADS = 16; // of mae_st's decoders

  private final String label;

  Family(String label) {
    this.label = label;
  }

  /** The name on the command line and in results. */
  public String label() {
    return label;
  }

  /** The model of this size with the paper's decoder; mae_st predicts one frame of each tube. */
  MaskedAutoencoderConfig model(ClipShape clip, VitSize size, int decoderDepth) {
    return this == VIDEOMAE
        ? MaskedAutoencoderConfig.videoMae(clip, size, decoderDepth)
        : MaskedAutoencoderConfig.maeSt(clip, size, decoderDepth, clip.slots());
  }

  /** Attention heads of a decoder of another width than the paper's. */
  int decoderHeads(int width) {
    return this == VIDEOMAE ? width / HEAD_CHANNELS : HEADS;
  }

  /** What the width of a decoder must be a multiple of. */
  int decoderWidthStep() {
    return this == VIDEOMAE ? HEAD_CHANNELS : HEADS;
  }

  Masking masking(double ratio) {
    return this == VIDEOMAE ? new TubeMasking(ratio) : new RandomMasking(ratio);
  }

  PixelTarget target() {
    return this == VIDEOMAE ? PixelTarget.CHANNEL_NORMALISED : PixelTarget.PATCH_NORMALISED;
  }

  PixelNorm pixels() {
    return this == VIDEOMAE ? PixelNorm.IMAGENET : PixelNorm.GREY;
  }

  WeightDecayRule decayRule() {
    return this == VIDEOMAE
        ? WeightDecayRule.SPARE_VECTORS_AND_TOKENS
        : WeightDecayRule.SPARE_VECTORS;
  }

  /** VideoMAE clips no gradient. */
  AdamWConfig optimizer() {
    return new AdamWConfig(0.9, 0.95, 1e-8, this == VIDEOMAE ? 0 : 0.02);
  }
}
