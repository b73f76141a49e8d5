package io.tubelet.train;

import io.tubelet.nn.Layer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A batch made ready, any stretch of which can be learnt from on its own: several threads may do so
 * side by side, each with its own replica of the model.
 *
 * @param <M> the model that learns
 */
@FunctionalInterface
public interface Lesson<M extends Layer> {

  /**
   * The mean loss over the clips from one number up to another, which is not among them: a scalar
   * that can be differentiated. Means of stretches, weighted by their lengths, make the batch's.
   */
  Tensor loss(M model, int from, int to);

  /**
   * Adds the gradient of a share of that loss to the model's, in the caller's scope.
   *
   * @return the share, a scalar without a graph
   */
  default Tensor differentiate(M model, int from, int to, double share) {
    Tensor loss = loss(model, from, to).mul(new Scalar(share));
    loss.backward();
    return loss.detach();
  }
}
