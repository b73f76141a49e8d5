package io.tubelet.train;

import io.tubelet.data.Batch;
import io.tubelet.nn.Layer;
import org.bytedeco.pytorch.Tensor;

/**
 * What is learnt from a batch. One loop serves every task.
 *
 * @param <M> the model that learns
 */
public interface Task<M extends Layer> {

  /** Draws and makes ready what belongs to the batch as a whole, in the caller's scope. */
  Lesson<M> lesson(Batch batch);

  /** The mean loss over the whole batch: a scalar that can be differentiated. */
  default Tensor loss(M model, Batch batch) {
    return lesson(batch).loss(model, 0, batch.size());
  }

  /**
   * The loss of a predictor that knows nothing but the mean: what learning is measured against. A
   * scalar.
   */
  Tensor baseline(Batch batch);
}
