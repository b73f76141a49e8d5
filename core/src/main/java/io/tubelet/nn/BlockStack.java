package io.tubelet.nn;

import io.tubelet.tensor.Compute;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** Blocks one after another, named by number. */
public final class BlockStack extends Layer {
  private final List<Block> blocks;

  /**
   * @param heads must divide {@code width}
   * @param dropRate how often the last block's branches are dropped, where the forward pass drops
   *     at all; rates grow evenly from 0 at the first block
   */
  public BlockStack(
      int depth, int width, int heads, BlockConfig config, double dropRate, Compute compute) {
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

  /** {@code x [B, N, D] -> [B, N, D]}. */
  public Tensor forward(Tensor x, DropPath drop) {
    for (Block block : blocks) {
      x = block.forward(x, drop);
    }
    return x;
  }

  /** The blocks in order, for whoever needs what lies between them. */
  public List<Block> blocks() {
    return blocks;
  }
}
