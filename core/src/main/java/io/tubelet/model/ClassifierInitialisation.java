package io.tubelet.model;

import io.tubelet.nn.Layer;

/** How the fresh weights of a classifier are drawn, where no checkpoint brings them. */
public enum ClassifierInitialisation {
  /**
   * mae_st: PyTorch's defaults throughout, tokens and position tables zero (they come with the
   * checkpoint), the head normal with 0.02 times its scale.
   */
  MAE_ST {
    @Override
    void draw(FreshParameter p, double headScale) {
      if (p.name().equals("head.weight")) {
        p.truncatedNormal(STD * headScale, 2);
      } else if (!p.isTable() && (p.value().dim() > 1 || p.isLinearBias())) {
        p.torchDefault();
      }
    }
  },
  /**
   * VideoMAE: matrices normal with 0.02, biases 0, the patch projection at PyTorch's default, the
   * head scaled down.
   */
  VIDEO_MAE {
    @Override
    void draw(FreshParameter p, double headScale) {
      if (p.isNamed("patch_embed.proj.weight") || p.isNamed("patch_embed.proj.bias")) {
        p.torchDefault();
      } else if (p.isMatrix()) {
        p.truncatedNormal(p.name().equals("head.weight") ? STD * headScale : STD, 2);
      } else if (p.isTable()) {
        p.truncatedNormal(STD, 2);
      }
    }
  };

  private static final double STD = 0.02;

  /**
   * Draws all weights of a freshly made classifier.
   *
   * @param headScale factor on the head's deviation: 0.001 when the body comes from pre-training,
   *     as both programs have it
   */
  public void fill(Layer classifier, double headScale, long seed) {
    FreshParameter.drawAll(classifier, seed, p -> draw(p, headScale));
  }

  abstract void draw(FreshParameter parameter, double headScale);
}
