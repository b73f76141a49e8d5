package io.tubelet.train;

import io.tubelet.nn.Layer;
import io.tubelet.tensor.TensorScope;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * What came of comparing all clips of a batch. The tensors belong to no scope until somebody adopts
 * them, as several threads use them.
 *
 * @param loss a scalar without a graph
 * @param gradient of what the clips became, {@code [B, ...]}
 */
record Compared(Tensor loss, Tensor gradient) {

  /**
   * Compares, and adds the gradients of what is behind the encoding to the model's.
   *
   * @param encoded what became of the stretches, in their order
   * @param share of the loss that is differentiated
   */
  static <M extends Layer> Compared of(
      JointLesson<M> lesson, M model, List<Tensor> encoded, double share) {
    try (TensorScope scope = new TensorScope()) {
      Tensor whole =
          torch
              .cat(new TensorVector(encoded.toArray(Tensor[]::new)))
              .detach()
              .set_requires_grad(true);
      Tensor loss = lesson.compare(model, whole).mul(new Scalar(share));
      loss.backward();
      return new Compared(retained(loss.detach()), retained(new Tensor(whole.grad())));
    }
  }

  private static Tensor retained(Tensor tensor) {
    tensor.retainReference();
    return tensor;
  }

  /** Puts both into the scope of the thread that calls. */
  void adopt() {
    TensorScope.adopt(loss);
    TensorScope.adopt(gradient);
  }
}
