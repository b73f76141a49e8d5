package io.tubelet.nn;

import io.tubelet.tensor.Activations;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.TensorScope;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

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

  /** {@code x [B, N, D] -> [B, N, D]}. */
  public Tensor forward(Tensor x, DropPath drop) {
    for (int i = 0; i < blocks.size(); i++) {
      x = through(i, drop, x, Block::forward);
    }
    return x;
  }

  /**
   * {@code x [B, N, D] -> [B, M, D]}, where only a part of the result is of use: in the last block
   * that part asks all tokens, and nothing is computed for the others but key and value.
   *
   * @param part picks it, {@code [B, N, D] -> [B, M, D]}
   */
  public Tensor forward(Tensor x, UnaryOperator<Tensor> part) {
    for (int i = 0; i < blocks.size() - 1; i++) {
      x = through(i, DropPath.NEVER, x, Block::forward);
    }
    return through(
        blocks.size() - 1,
        DropPath.NEVER,
        x,
        (block, tokens, drop) -> block.forward(part.apply(tokens), tokens, drop));
  }

  /**
   * Cross-attention in every block: {@code x [B, N + M, D] -> [B, M, D]}. The last {@code m} tokens
   * ask the others, which stay what they are; those that ask do not see each other.
   */
  public Tensor cross(Tensor x, long m) {
    long n = x.size(1) - m;
    for (int i = 0; i < blocks.size(); i++) {
      x = through(i, DropPath.NEVER, x, (block, tokens, drop) -> ask(block, tokens, n, m, drop));
    }
    return x.narrow(1, n, m);
  }

  /** Both kinds stay in one tensor, since a block that computes twice has one input. */
  private static Tensor ask(Block block, Tensor x, long n, long m, DropPath drop) {
    TensorVector parts = x.split_with_sizes(new long[] {n, m}, 1);
    Tensor answering = parts.get(0); // [B, N, D]
    Tensor asking = block.forward(parts.get(1), answering, drop); // [B, M, D]
    return torch.cat(new TensorVector(answering, asking), 1);
  }

  /** One block's pass over tokens. */
  @FunctionalInterface
  private interface Pass {
    Tensor of(Block block, Tensor x, DropPath drop);
  }

  /**
   * The one place among the layers with scopes, as they are gone through in a loop: what a block
   * makes and the backward pass does not need is freed before the next begins.
   */
  private Tensor through(int number, DropPath drop, Tensor x, Pass pass) {
    Block block = blocks.get(number);
    if (activations.recompute(number)) {
      DropPath drawn = block.drawn(drop, x.size(0));
      return Recomputation.of(tokens -> pass.of(block, tokens, drawn), x);
    }
    try (TensorScope scope = new TensorScope()) {
      return scope.keep(pass.of(block, x, drop));
    }
  }

  /** The blocks in order, for whoever needs what lies between them. */
  public List<Block> blocks() {
    return blocks;
  }
}
