package io.tubelet.model;

import io.tubelet.clip.ClipShape;
import io.tubelet.nn.BlockStack;
import io.tubelet.nn.Layer;
import io.tubelet.nn.LayerNorm;
import io.tubelet.tensor.Compute;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

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
  private final @Nullable Tensor maskToken; // [1, 1, D]
  private final boolean frozenPatches;

  /**
   * @param maskTokens whether hidden tokens come in here
   * @param frozenPatches whether no gradient reaches the patch projection
   */
  Encoder(TransformerConfig config, MaskTokens maskTokens, boolean frozenPatches, Compute compute) {
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
    maskToken =
        maskTokens == MaskTokens.ENCODER
            ? parameter("mask_token", compute.zeros(1, 1, width))
            : null;
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

  /**
   * As much of the clip as its mask tokens let it see: {@code pixels [B, V, P] -> latent [B, V,
   * D]}, or {@code [B, V + M, D]} where they come in here, those of hidden tokens last.
   */
  Tensor forward(Tensor pixels, TokenMasks masks) {
    if (maskToken == null) {
      return forward(pixels, masks.visible());
    }
    Tensor visible = tokens(pixels).add(positions.at(masks.visible())); // [B, V, D]
    Tensor hidden = maskToken.add(positions.at(masks.hidden())); // [B, M, D]
    Tensor all = torch.cat(new TensorVector(visible, hidden), 1); // [B, V + M, D]
    return classToken.removeFrom(
        norm.forward(blocks.forward(classToken.prependTo(all, positions))));
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
