package io.tubelet.nn;

import io.tubelet.tensor.Compute;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** Blocks one after another, named by number. */
public final class BlockStack extends Layer {
  private final List<Block> blocks;

  public BlockStack(int depth, int width, int heads, BlockConfig config, Compute compute) {
    blocks =
        IntStream.range(0, depth)
            .mapToObj(i -> child("" + i, new Block(width, heads, config, compute)))
            .toList();
  }

  /** {@code x [B, N, D] -> [B, N, D]}. */
  public Tensor forward(Tensor x) {
    for (Block block : blocks) {
      x = block.forward(x);
    }
    return x;
  }

  /** The blocks in order, for whoever needs what lies between them. */
  public List<Block> blocks() {
    return blocks;
  }
}
