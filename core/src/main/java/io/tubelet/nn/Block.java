package io.tubelet.nn;

import io.tubelet.tensor.Compute;
import org.bytedeco.pytorch.Tensor;

/**
 * Pre-norm transformer block (ViT, https://arxiv.org/abs/2010.11929, eq. 2-3). The residual sum
 * stays float32 whatever the precision of its branches.
 */
public final class Block extends Layer {
  private final double dropRate;
  private final LayerNorm norm1;
  private final Attention attn;
  private final LayerScale scale1;
  private final LayerNorm norm2;
  private final Mlp mlp;
  private final LayerScale scale2;

  /**
   * @param heads must divide {@code width}
   * @param dropRate how often each branch is dropped where the forward pass drops at all
   */
  public Block(int width, int heads, BlockConfig config, double dropRate, Compute compute) {
    this.dropRate = dropRate;
    norm1 = child("norm1", new LayerNorm(width, config.normEps(), compute));
    attn = child("attn", new Attention(width, heads, config.qkvBias(), compute));
    scale1 = child("scale1", new LayerScale(width, config.layerScale(), compute));
    norm2 = child("norm2", new LayerNorm(width, config.normEps(), compute));
    mlp = child("mlp", new Mlp(width, (int) (width * config.mlpRatio()), compute));
    scale2 = child("scale2", new LayerScale(width, config.layerScale(), compute));
  }

  /** {@code x [B, N, D] -> [B, N, D]}. */
  public Tensor forward(Tensor x, DropPath drop) {
    return sum(x, attn.forward(norm1.forward(x)), drop);
  }

  /**
   * Some tokens go through the block, others are only looked at: {@code asking [B, M, D], answering
   * [B, N, D] -> [B, M, D]}.
   */
  public Tensor forward(Tensor asking, Tensor answering, DropPath drop) {
    return sum(asking, attn.forward(norm1.forward(asking), norm1.forward(answering)), drop);
  }

  /** The residual sum with what attention gave, and with what the MLP makes of both. */
  private Tensor sum(Tensor x, Tensor attended, DropPath drop) {
    x = x.add(drop.apply(scale1.forward(attended), dropRate));
    return x.add(drop.apply(scale2.forward(mlp.forward(norm2.forward(x))), dropRate));
  }

  /** The decisions for this block's two branches, drawn now. */
  DropPath drawn(DropPath drop, long clips) {
    return drop.drawn(clips, 2, dropRate);
  }
}
