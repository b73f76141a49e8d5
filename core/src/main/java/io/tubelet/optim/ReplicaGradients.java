package io.tubelet.optim;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Gradients of a model that shares its weights with the trained one, a vector each group. */
public final class ReplicaGradients implements AutoCloseable {
  private final List<Tensor> flat;

  ReplicaGradients(List<Tensor> flat) {
    this.flat = flat;
  }

  Tensor ofGroup(int number) {
    return flat.get(number);
  }

  @Override
  public void close() {
    flat.forEach(Tensor::releaseReference);
  }
}
