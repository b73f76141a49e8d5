package io.tubelet.train;

import io.tubelet.data.Batch;
import io.tubelet.distributed.GradientCompression;
import io.tubelet.distributed.GradientSum;
import io.tubelet.distributed.Ranks;
import io.tubelet.nn.Layer;
import io.tubelet.optim.AdamW;
import io.tubelet.optim.ReplicaGradients;
import io.tubelet.tensor.ComputeThreads;
import io.tubelet.tensor.TensorScope;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.jspecify.annotations.Nullable;

/**
 * A model several times over with one set of weights. Each replica differentiates its stretch of a
 * batch on a thread of its own; for each parameter their gradients are added in a fixed order, so
 * that the same number of replicas always gives the same bits.
 *
 * <p>Why: OpenBLAS runs each product on one thread, because fused attention calls it from several,
 * and small operators are not worth a barrier. Whole stretches need none but where gradients meet.
 *
 * @param <M> the model that learns
 */
public final class Replicas<M extends Layer> implements AutoCloseable {
  private final Task<M> task;
  private final M trained;
  private final List<M> models; // the trained one alone, or as many others that share its weights
  private final @Nullable ReplicaGradients gradients; // of those others
  private final ComputeThreads threads;
  private final Ranks ranks;
  private final GradientSum sum;

  /**
   * @param model that is trained; stays the caller's, as does its optimizer
   * @param another makes a model of the same shape, with whatever weights
   */
  public Replicas(Task<M> task, M model, Supplier<M> another, Split split, AdamW optimizer) {
    this(task, model, another, split, optimizer, Ranks.alone(), GradientCompression.NONE);
  }

  /**
   * @param model that is trained; stays the caller's, as does its optimizer
   * @param another makes a model of the same shape, with whatever weights
   * @param ranks whose gradients are brought together; all start with the first one's weights
   * @param compression of gradients between ranks
   */
  public Replicas(
      Task<M> task,
      M model,
      Supplier<M> another,
      Split split,
      AdamW optimizer,
      Ranks ranks,
      GradientCompression compression) {
    this.ranks = ranks;
    this.task = task;
    trained = model;
    boolean alone = split.replicas() == 1;
    models = alone ? List.of(model) : Stream.generate(another).limit(split.replicas()).toList();
    gradients = alone ? null : optimizer.share(models.stream().map(Layer::parameters).toList());
    threads = new ComputeThreads(split.replicas(), split.operatorThreads());
    optimizer.values().forEach(ranks::broadcast);
    sum =
        ranks.gradients(
            alone ? List.copyOf(model.parameters().values()) : List.of(),
            optimizer.gradients(),
            compression);
  }

  /** As {@link #backward(Batch, double, boolean)}, for an update of this one batch. */
  public Tensor backward(Batch batch, double share) {
    return backward(batch, share, true);
  }

  /**
   * Adds a batch's gradient to the trained model's.
   *
   * @param share of the loss that is to be differentiated
   * @param last whether the update's gradients are then complete, and are to be brought together
   *     with those of other ranks
   * @return that share of the mean loss, a scalar without a graph
   */
  public Tensor backward(Batch batch, double share, boolean last) {
    Lesson<M> lesson = task.lesson(batch);
    int clips = batch.size();
    if (gradients != null) {
      gradients.begin();
    }
    if (lesson instanceof JointLesson<M> joint) {
      return together(joint, clips, share);
    }
    List<Tensor> shares = differentiate(lesson, clips, ranks.size() * share, last);
    if (last) {
      sum.finish();
    }
    return inScope(shares).stream()
        .reduce(Tensor::add)
        .orElseThrow()
        .div(new Scalar((double) ranks.size()));
  }

  private List<Tensor> differentiate(Lesson<M> lesson, int clips, double share, boolean last) {
    try {
      return threads.divide(
          clips,
          (part, from, to) -> {
            if (last && part == 0) {
              sum.begin();
            }
            return differentiate(lesson, part, from, to, share * (to - from) / clips);
          });
    } catch (RuntimeException failed) {
      throw last ? sum.explained(failed) : failed;
    }
  }

  /** Stretches are encoded side by side, compared by one, and differentiated side by side. */
  private Tensor together(JointLesson<M> lesson, int clips, double share) {
    int parts = Math.min(models.size(), clips);
    var gathering = new Gathering<>(parts, encoded -> Compared.of(lesson, trained, encoded, share));
    try {
      threads.divide(clips, (part, from, to) -> differentiate(lesson, gathering, part, from, to));
    } finally {
      gathering.made().ifPresent(Compared::adopt);
    }
    return gathering.made().orElseThrow().loss();
  }

  private int differentiate(
      JointLesson<M> lesson, Gathering<Compared> gathering, int part, int from, int to) {
    try (TensorScope scope = new TensorScope()) { // frees the whole graph
      Tensor encoded = gathering.bring(part, () -> lesson.encode(models.get(part), from, to));
      Tensor gradient = gathering.await().gradient().narrow(0, from, to - from);
      encoded.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
    } finally {
      if (gradients != null) {
        gradients.end(part);
      }
    }
    return to - from;
  }

  private Tensor differentiate(Lesson<M> lesson, int part, int from, int to, double share) {
    try (TensorScope scope = new TensorScope()) { // frees the whole graph
      return scope.keep(lesson.differentiate(models.get(part), from, to, share));
    } finally {
      if (gradients != null) {
        gradients.end(part);
      }
    }
  }

  /** Numbers that came from other threads, in the scope of this one. */
  private static List<Tensor> inScope(List<Tensor> losses) {
    return losses.stream().map(TensorScope::adopt).toList();
  }

  /** What predicting the mean costs on this batch. */
  Tensor baseline(Batch batch) {
    return task.baseline(batch);
  }

  @Override
  public void close() {
    threads.close();
    sum.close();
    if (gradients != null) {
      models.forEach(Layer::close);
      gradients.close();
    }
  }
}
