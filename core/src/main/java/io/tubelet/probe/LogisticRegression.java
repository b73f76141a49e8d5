package io.tubelet.probe;

import io.tubelet.tensor.TensorScope;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.LBFGS;
import org.bytedeco.pytorch.LBFGSOptions;
import org.bytedeco.pytorch.LossClosure;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * One softmax regression, {@code mean cross entropy + lambda / 2 |W|^2}, brought to its minimum by
 * libtorch's L-BFGS with a strong Wolfe line search. Strictly convex but for a shift of all biases,
 * so the start does not matter; it is zero.
 */
final class LogisticRegression {
  private static final double GRADIENT_TOLERANCE = 1e-8; // the largest entry's, where it stops
  private static final double CHANGE_TOLERANCE = 1e-12;
  private static final int HISTORY = 20;

  private final Tensor x; // [R, D] float64
  private final Tensor labels; // [R]
  private final double lambda;
  private final Tensor weight; // [D, C]
  private final Tensor bias; // [C]

  LogisticRegression(Tensor x, Tensor labels, int classes, double lambda) {
    this.x = x;
    this.labels = labels;
    this.lambda = lambda;
    weight = torch.zeros(new long[] {x.size(1), classes}, x.options()).set_requires_grad(true);
    bias = torch.zeros(new long[] {classes}, x.options()).set_requires_grad(true);
  }

  /** Descends for so many iterations at most. */
  LogisticRegression fit(int iterations) {
    try (TensorScope scope = new TensorScope()) {
      LBFGSOptions options = new LBFGSOptions(1);
      options.max_iter().put(iterations);
      options.history_size().put(HISTORY);
      options.tolerance_grad().put(GRADIENT_TOLERANCE);
      options.tolerance_change().put(CHANGE_TOLERANCE);
      options.line_search_fn().put(new BytePointer("strong_wolfe"));
      LBFGS descent = new LBFGS(new TensorVector(weight, bias), options);
      descent.step(new Objective(descent));
    }
    return this;
  }

  /** The loss at the present weights, as libtorch asks for it. */
  private final class Objective extends LossClosure {
    private final LBFGS descent;

    Objective(LBFGS descent) {
      this.descent = descent;
    }

    @Override
    public Tensor call() {
      try (TensorScope scope = new TensorScope();
          AutoGradMode graph = new AutoGradMode(true)) {
        descent.zero_grad();
        Tensor loss = loss();
        loss.backward();
        return scope.keep(loss.detach());
      }
    }
  }

  private Tensor loss() {
    Tensor logits = torch.matmul(x, weight).add(bias); // [R, C]
    Tensor penalty = weight.square().sum().mul(new Scalar(lambda / 2));
    return torch.cross_entropy_loss(logits, labels).add(penalty);
  }

  /** {@code [D, C]}. */
  Tensor weight() {
    return weight.detach();
  }

  /** {@code [C]}. */
  Tensor bias() {
    return bias.detach();
  }
}
