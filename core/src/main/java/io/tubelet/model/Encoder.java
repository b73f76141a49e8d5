package io.tubelet.model;

import io.tubelet.clip.ClipShape;
import io.tubelet.nn.BlockStack;
import io.tubelet.nn.Layer;
import io.tubelet.nn.LayerNorm;
import io.tubelet.tensor.Compute;
import org.bytedeco.pytorch.Tensor;

/**
 * A vision transformer that is given the visible tokens alone (mae_st section 3, VideoMAE section
 * 3.3).
 */
public final class Encoder extends Layer {
  private final ClassToken classToken;
  private final TubeEmbed patchEmbed;
  private final PositionEmbedding positions;
  private final BlockStack blocks;
  private final LayerNorm norm;
  private final boolean frozenPatches;

  /**
   * @param frozenPatches whether no gradient reaches the patch projection
   */
  Encoder(TransformerConfig config, boolean frozenPatches, Compute compute) {
    this.frozenPatches = frozenPatches;
    ClipShape clip = config.clip();
    EncoderConfig size = config.encoder();
    int width = size.width();
    boolean withClass = config.classToken();
    classToken = child("cls_token", new ClassToken(width, withClass, compute));
    patchEmbed = child("patch_embed", new TubeEmbed(clip, width, compute));
    positions =
        child(
            "pos_embed", PositionEmbedding.of(config.positions(), clip, width, withClass, compute));
    blocks =
        child(
            "blocks",
            new BlockStack(size.depth(), width, size.heads(), config.block(), 0, compute));
    norm = child("norm", new LayerNorm(width, config.block().normEps(), compute));
  }

  /**
   * {@code pixels [B, V, P], ids [B, V] -> latent [B, V, D]}; a class token takes part and is left
   * out of the result.
   */
  public Tensor forward(Tensor pixels, Tensor ids) {
    return classToken.removeFrom(norm.forward(blocks.forward(embed(pixels, ids))));
  }

  /** {@code pixels of all tokens [B, N, P] -> latent [B, N, D]}, likewise. */
  public Tensor forward(Tensor pixels) {
    Tensor tokens = classToken.prependTo(tokens(pixels).add(positions.table()), positions);
    return classToken.removeFrom(norm.forward(blocks.forward(tokens)));
  }

  /** What enters the first block: {@code [B, (1 +) V, D]}, the class token first. */
  Tensor embed(Tensor pixels, Tensor ids) {
    return classToken.prependTo(tokens(pixels).add(positions.at(ids)), positions);
  }

  private Tensor tokens(Tensor pixels) {
    Tensor tokens = patchEmbed.forward(pixels);
    return frozenPatches ? tokens.detach() : tokens;
  }

  TubeEmbed patchEmbed() {
    return patchEmbed;
  }

  BlockStack blocks() {
    return blocks;
  }
}
