package io.tubelet.train;

import io.tubelet.data.Batch;
import io.tubelet.nn.Layer;
import io.tubelet.optim.AdamW;
import io.tubelet.optim.ReplicaGradients;
import io.tubelet.tensor.ComputeThreads;
import io.tubelet.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * A model several times over with one set of weights. Each replica differentiates its stretch of a
 * batch on a thread of its own, into gradients of its own; they are added in a fixed order, so that
 * the same number of replicas always gives the same bits.
 *
 * <p>Why: OpenBLAS runs each product on one thread, because fused attention calls it from several,
 * and small operators are not worth a barrier. Whole stretches need none until the gradients meet.
 *
 * @param <M> the model that learns
 */
public final class Replicas<M extends Layer> implements AutoCloseable {
  private final Task<M> task;
  private final AdamW optimizer;
  private final List<M> models = new ArrayList<>(); // the trained one first; the rest are ours
  private final List<ReplicaGradients> gradients = new ArrayList<>(); // of the rest
  private final ComputeThreads threads;

  /**
   * @param model that is trained; stays the caller's, as does its optimizer
   * @param another makes a model of the same shape, with whatever weights
   */
  public Replicas(Task<M> task, M model, Supplier<M> another, Split split, AdamW optimizer) {
    this.task = task;
    this.optimizer = optimizer;
    models.add(model);
    while (models.size() < split.replicas()) {
      M replica = another.get();
      models.add(replica);
      gradients.add(optimizer.share(replica.parameters()));
    }
    threads = new ComputeThreads(split.replicas(), split.operatorThreads());
  }

  /**
   * Adds a batch's gradient to what has been gathered so far.
   *
   * @param share of the loss that is to be differentiated
   * @return that share of the mean loss, a scalar without a graph
   */
  public Tensor backward(Batch batch, double share) {
    Lesson<M> lesson = task.lesson(batch);
    int clips = batch.size();
    List<Tensor> shares =
        threads.divide(
            clips,
            (part, from, to) ->
                differentiate(lesson, models.get(part), from, to, share * (to - from) / clips));
    return inScope(shares).stream().reduce(Tensor::add).orElseThrow();
  }

  private static <M extends Layer> Tensor differentiate(
      Lesson<M> lesson, M model, int from, int to, double share) {
    try (TensorScope scope = new TensorScope()) { // frees the whole graph
      return scope.keep(lesson.differentiate(model, from, to, share));
    }
  }

  /** Numbers that came from other threads, in the scope of this one. */
  private static List<Tensor> inScope(List<Tensor> losses) {
    return losses.stream().map(TensorScope::adopt).toList();
  }

  /** Brings the gradients of all backward passes together in the optimizer's. */
  public void gather() {
    gradients.forEach(optimizer::take);
  }

  /** What predicting the mean costs on this batch. */
  Tensor baseline(Batch batch) {
    return task.baseline(batch);
  }

  @Override
  public void close() {
    threads.close();
    gradients.forEach(ReplicaGradients::close);
    models.stream().skip(1).forEach(Layer::close);
  }
}
