package io.tubelet.model;

import io.tubelet.nn.Layer;

/**
 * How the fresh weights of a masked autoencoder are drawn.
 *
 * <p>In both, matrices are Glorot-uniform, biases 0 but for the patch projection's, which keeps
 * PyTorch's default, and layer norms 1 and 0. What differs is said at each.
 */
public enum Initialisation {
  /**
   * mae_st. Query, key and value are three square matrices there, so their bound is a square one's.
   * The patch projection is Glorot-uniform as a matrix. Tokens and position tables are normal with
   * 0.02, cut at 2, which is to say not at all; the decoder's class token stays zero. The program's
   * {@code trunc_init} is left out: it gives the patch projection a deviation of 1, by oversight.
   */
  MAE_ST {
    @Override
    void draw(FreshParameter p) {
      if (p.isNamed("attn.qkv.weight")) {
        p.xavier(p.value().size(1), p.value().size(1));
      } else if (p.isMatrix() || p.isNamed("patch_embed.proj.weight")) {
        p.xavier(p.fanIn(), p.value().size(0));
      } else if (p.isNamed("patch_embed.proj.bias")) {
        p.torchDefault();
      } else if (p.isTable() && !p.name().equals("decoder.cls_token.token")) {
        p.truncatedNormal(STD, 2);
      }
    }
  },
  /**
   * VideoMAE. Query, key and value are one matrix three times as high, with that matrix's smaller
   * bound. Patch projection and projection to the decoder keep PyTorch's default. The mask token is
   * normal with 0.02, cut at one standard deviation.
   */
  VIDEO_MAE {
    @Override
    void draw(FreshParameter p) {
      if (p.isNamed("patch_embed.proj.weight")
          || p.isNamed("patch_embed.proj.bias")
          || p.isNamed("decoder.embed.weight")) {
        p.torchDefault();
      } else if (p.isMatrix()) {
        p.xavier(p.fanIn(), p.value().size(0));
      } else if (p.isTable()) {
        p.truncatedNormal(STD, STD);
      }
    }
  };

  private static final double STD = 0.02;

  /** Draws all weights of a freshly made model; the same seed gives the same weights anywhere. */
  public void fill(Layer model, long seed) {
    FreshParameter.drawAll(model, seed, this::draw);
  }

  abstract void draw(FreshParameter parameter);
}
