package io.tubelet.model;

import io.tubelet.clip.ClipShape;
import io.tubelet.nn.BlockStack;
import io.tubelet.nn.Layer;
import io.tubelet.nn.LayerNorm;
import io.tubelet.nn.Linear;
import io.tubelet.tensor.Compute;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A shallow transformer over the latent of visible tokens and a learnt mask token for each hidden
 * one. Only hidden tokens leave its last block and are projected to pixels, as only they are
 * scored.
 */
public final class Decoder extends Layer {
  private final DecoderOrder order;
  private final DecoderAttention attention;
  private final Linear embed;
  private final @Nullable Tensor maskToken; // [1, 1, D]; none where the encoder has it
  private final ClassToken classToken;
  private final PositionEmbedding positions;
  private final BlockStack blocks;
  private final LayerNorm norm;
  private final Linear head;

  Decoder(MaskedAutoencoderConfig config, Compute compute) {
    ClipShape clip = config.clip();
    DecoderConfig size = config.decoder();
    int width = size.width();
    boolean withClass = config.classToken();
    attention = size.attention();
    order = attention == DecoderAttention.CROSS ? DecoderOrder.VISIBLE_FIRST : size.order();
    maskToken =
        config.maskTokens() == MaskTokens.DECODER
            ? parameter("mask_token", compute.zeros(1, 1, width))
            : null;
    embed =
        child("embed", new Linear(config.encoder().width(), width, size.projectionBias(), compute));
    classToken = child("cls_token", new ClassToken(width, withClass, compute));
    positions =
        child(
            "pos_embed", PositionEmbedding.of(config.positions(), clip, width, withClass, compute));
    blocks =
        child(
            "blocks",
            new BlockStack(
                size.depth(),
                width,
                size.heads(),
                config.block(),
                0,
                compute.with(compute.activations().ofDecoder())));
    norm = child("norm", new LayerNorm(width, config.block().normEps(), compute));
    head = child("head", new Linear(width, config.predictedValues(), true, compute));
  }

  /**
   * {@code latent [B, V, E] -> prediction [B, M, P']}, hidden tokens in the order of the masks; the
   * latent of an encoder with mask tokens is {@code [B, V + M, E]}.
   */
  public Tensor forward(Tensor latent, TokenMasks masks) {
    Tensor tokens = embed(latent, masks); // [B, (1 +) V + M, D]
    Tensor decoded = // [B, M, D]
        switch (attention) {
          case SELF -> blocks.forward(tokens, all -> hidden(all, masks));
          case CROSS -> blocks.cross(tokens, masks.hidden().size(1));
        };
    return head.forward(norm.forward(decoded));
  }

  /** What enters the first block: {@code [B, (1 +) V + M, D]}. */
  Tensor embed(Tensor latent, TokenMasks masks) {
    Tensor tokens = places(embed.forward(latent), masks); // [B, V + M, D]
    return classToken.prependTo(
        order == DecoderOrder.RASTER ? TokenMasks.pick(tokens, masks.order()) : tokens, positions);
  }

  /** Every token at its place, the visible ones first: {@code [B, V + M, D]}. */
  private Tensor places(Tensor embedded, TokenMasks masks) {
    if (maskToken == null) {
      Tensor ids = torch.cat(new TensorVector(masks.visible(), masks.hidden()), 1);
      return embedded.add(positions.at(ids));
    }
    Tensor visible = embedded.add(positions.at(masks.visible())); // [B, V, D]
    Tensor hidden = maskToken.add(positions.at(masks.hidden())); // [B, M, D]
    return torch.cat(new TensorVector(visible, hidden), 1);
  }

  /** {@code [B, (1 +) V + M, D] -> [B, M, D]}. */
  private Tensor hidden(Tensor tokens, TokenMasks masks) {
    long count = masks.hidden().size(1);
    return order == DecoderOrder.RASTER
        ? TokenMasks.pick(classToken.removeFrom(tokens), masks.hiddenInOrder())
        : tokens.narrow(1, tokens.size(1) - count, count);
  }

  BlockStack blocks() {
    return blocks;
  }
}
