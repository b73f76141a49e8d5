package io.tubelet.nn;

import io.tubelet.tensor.TensorScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.VoidTensorHook;

/**
 * A block whose intermediate results are computed twice instead of kept.
 *
 * <p>Implementation note: a function with a backward pass of one's own cannot be made from Java. So
 * the block runs without a graph and its output becomes a leaf. When the backward pass reaches that
 * leaf, a hook runs the block again, this time with a graph, differentiates it, and carries the
 * gradient on to whatever made the input; if that was such a block, its leaf's hook does the same.
 */
final class Recomputation extends VoidTensorHook {
  private final Block block;
  private final Tensor input;
  private final DropPath drop;

  private Recomputation(Block block, Tensor input, DropPath drop) {
    this.block = block;
    this.input = input;
    this.drop = drop;
  }

  /**
   * The block's output {@code [B, N, D]}. The backward pass must come within the caller's scope.
   *
   * @param input {@code [B, N, D]}, used by nothing else
   */
  static Tensor of(Block block, Tensor input, DropPath drop) {
    if (!input.requires_grad()) {
      return block.forward(input, drop);
    }
    DropPath drawn = block.drawn(drop, input.size(0));
    Tensor leaf = withoutGraph(block, input, drawn).set_requires_grad(true);
    leaf.register_hook(new Recomputation(block, input, drawn));
    return leaf;
  }

  private static Tensor withoutGraph(Block block, Tensor input, DropPath drop) {
    try (TensorScope scope = new TensorScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      return scope.keep(block.forward(input, drop));
    }
  }

  @Override
  public void call(TensorBase gradient) {
    try (TensorScope scope = new TensorScope()) {
      differentiate(input, differentiateBlock(new Tensor(gradient)));
    }
  }

  /** The gradient of the block's input; that of its parameters is added to theirs. */
  private Tensor differentiateBlock(Tensor gradient) {
    try (TensorScope scope = new TensorScope();
        AutoGradMode graph = new AutoGradMode(true)) {
      Tensor start = input.detach().set_requires_grad(true);
      differentiate(block.forward(start, drop), gradient);
      return scope.keep(new Tensor(start.grad()));
    }
  }

  private static void differentiate(Tensor output, Tensor gradient) {
    output.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
  }
}
