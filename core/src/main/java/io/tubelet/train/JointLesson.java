package io.tubelet.train;

import io.tubelet.nn.Layer;
import org.bytedeco.pytorch.Tensor;

/**
 * A batch whose clips are compared with each other: stretches of it are encoded side by side, and
 * the loss is computed once, of what all of them became.
 *
 * @param <M> the model that learns
 */
public interface JointLesson<M extends Layer> extends Lesson<M> {

  /**
   * What becomes of the clips from one number up to another, each on its own.
   *
   * @return {@code [to - from, ...]} float32, with the graph of what is differentiated
   */
  Tensor encode(M model, int from, int to);

  /**
   * The mean loss over the whole batch: a scalar that can be differentiated.
   *
   * @param encoded what became of all clips, in their order
   */
  Tensor compare(M model, Tensor encoded);

  /** Of a stretch as if it were the whole batch. */
  @Override
  default Tensor loss(M model, int from, int to) {
    return compare(model, encode(model, from, to));
  }
}
