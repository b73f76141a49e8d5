package io.tubelet.model;

import io.tubelet.nn.LayerNorm;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/** How a classifier makes one feature of the last block's tokens. */
public enum Pooling {
  /** Mean of the patches, without the class token, then a fresh norm, {@code fc_norm}. */
  PATCH_TOKENS(true) {
    @Override
    Tensor pool(Tensor tokens, LayerNorm norm, boolean classToken) {
      return norm.forward(meanFrom(classToken ? 1 : 0, tokens));
    }
  },
  /**
   * Mean of all tokens but the first, then the pre-trained norm (mae_st). The first is the class
   * token where there is one; otherwise, and hardly intended, a patch goes unseen.
   */
  AFTER_FIRST_TOKEN(false) {
    @Override
    Tensor pool(Tensor tokens, LayerNorm norm, boolean classToken) {
      return norm.forward(meanFrom(1, tokens));
    }
  },
  /** Mean of all tokens, then a fresh norm, {@code fc_norm} (VideoMAE's default). */
  ALL_TOKENS(true) {
    @Override
    Tensor pool(Tensor tokens, LayerNorm norm, boolean classToken) {
      return norm.forward(meanFrom(0, tokens));
    }
  },
  /**
   * The pre-trained norm of the first token alone (VideoMAE's {@code --use_cls}): without class
   * token that is the first patch.
   */
  FIRST_TOKEN(false) {
    @Override
    Tensor pool(Tensor tokens, LayerNorm norm, boolean classToken) {
      return norm.forward(tokens.select(1, 0));
    }
  };

  private final boolean freshNorm;

  Pooling(boolean freshNorm) {
    this.freshNorm = freshNorm;
  }

  /** Whether the norm is a new one, rather than that of the pre-trained encoder. */
  public boolean hasFreshNorm() {
    return freshNorm;
  }

  /** {@code tokens [B, (1 +) N, D] -> [B, D]}. */
  abstract Tensor pool(Tensor tokens, LayerNorm norm, boolean classToken);

  private static Tensor meanFrom(long first, Tensor tokens) {
    return tokens
        .narrow(1, first, tokens.size(1) - first)
        .mean(new long[] {1}, false, new ScalarTypeOptional());
  }
}
