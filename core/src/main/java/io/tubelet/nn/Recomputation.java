package io.tubelet.nn;

import io.tubelet.tensor.TensorScope;
import java.util.function.UnaryOperator;
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
  private final UnaryOperator<Tensor> block;
  private final Tensor input;

  private Recomputation(UnaryOperator<Tensor> block, Tensor input) {
    this.block = block;
    this.input = input;
  }

  /**
   * The block's output. The backward pass must come within the caller's scope.
   *
   * @param block gives the same output each time
   * @param input {@code [B, N, D]}, used by nothing else
   */
  static Tensor of(UnaryOperator<Tensor> block, Tensor input) {
    if (!input.requires_grad()) {
      return block.apply(input);
    }
    Tensor leaf = withoutGraph(block, input).set_requires_grad(true);
    leaf.register_hook(new Recomputation(block, input));
    return leaf;
  }

  private static Tensor withoutGraph(UnaryOperator<Tensor> block, Tensor input) {
    try (TensorScope scope = new TensorScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      return scope.keep(block.apply(input));
    }
  }

  @Override
  public void call(TensorBase gradient) {
    try (TensorScope scope = new TensorScope();
        gradient) { // made for this call in the scope of the whole pass
      differentiate(input, differentiateBlock(new Tensor(gradient)));
    }
  }

  /** The gradient of the block's input; that of its parameters is added to theirs. */
  private Tensor differentiateBlock(Tensor gradient) {
    try (TensorScope scope = new TensorScope();
        AutoGradMode graph = new AutoGradMode(true)) {
      Tensor start = input.detach().set_requires_grad(true);
      differentiate(block.apply(start), gradient);
      return scope.keep(new Tensor(start.grad()));
    }
  }

  private static void differentiate(Tensor output, Tensor gradient) {
    output.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
  }
}
