package io.tubelet.train;

import io.tubelet.data.Batch;
import org.bytedeco.pytorch.Tensor;

/** What is learnt from a batch. One loop serves every task. */
public interface Task {

  /** The mean loss over the batch: a scalar that can be differentiated. */
  Tensor loss(Batch batch);

  /**
   * The loss of a predictor that knows nothing but the mean: what learning is measured against. A
   * scalar.
   */
  Tensor baseline(Batch batch);
}
