package io.tubelet.nn;

import io.tubelet.tensor.Activations;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.TensorScope;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** Blocks one after another, named by number. */
public final class BlockStack extends Layer {
  private final Activations activations;
  private final List<Block> blocks;

  /**
   * @param heads must divide {@code width}
   * @param dropRate how often the last block's branches are dropped, where the forward pass drops
   *     at all; rates grow evenly from 0 at the first block
   */
  public BlockStack(
      int depth, int width, int heads, BlockConfig config, double dropRate, Compute compute) {
    activations = compute.activations();
    blocks =
        IntStream.range(0, depth)
            .mapToObj(i -> new Block(width, heads, config, rate(dropRate, i, depth), compute))
            .toList();
    IntStream.range(0, depth).forEach(i -> child(Integer.toString(i), blocks.get(i)));
  }

  private static double rate(double last, int block, int depth) {
    return depth == 1 ? 0 : last * block / (depth - 1);
  }

  /** {@code x [B, N, D] -> [B, N, D]}, every branch taking part. */
  public Tensor forward(Tensor x) {
    return forward(x, DropPath.NEVER);
  }

  /**
   * {@code x [B, N, D] -> [B, N, D]}.
   *
   * <p>The one loop among the layers, and so the one place among them with scopes: what a block
   * makes and the backward pass does not need is freed before the next begins.
   */
  public Tensor forward(Tensor x, DropPath drop) {
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      x = activations.recompute(i) ? Recomputation.of(block, x, drop) : keeping(block, x, drop);
    }
    return x;
  }

  private static Tensor keeping(Block block, Tensor x, DropPath drop) {
    try (TensorScope scope = new TensorScope()) {
      return scope.keep(block.forward(x, drop));
    }
  }

  /** The blocks in order, for whoever needs what lies between them. */
  public List<Block> blocks() {
    return blocks;
  }
}
