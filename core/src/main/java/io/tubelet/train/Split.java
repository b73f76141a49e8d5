package io.tubelet.train;

import io.tubelet.tensor.Placement;

/**
 * How a batch is divided among the cores.
 *
 * @param replicas of the model, each with a stretch of the batch
 * @param operatorThreads that an operator of one replica may use
 */
public record Split(int replicas, int operatorThreads) {
  public Split {
    if (replicas < 1 || operatorThreads < 1) {
      throw new IllegalArgumentException(
          "at least one replica with one thread is needed, got %d with %d"
              .formatted(replicas, operatorThreads));
    }
  }

  /** Bytes of the gradients that replicas have besides the trained model's. */
  public long extraBytes(long parameters) {
    return (replicas - 1) * parameters * Float.BYTES;
  }

  /**
   * As many replicas as there are threads, as far as the batch can be divided evenly and the
   * gradients of the replicas, four bytes a parameter, take no more than an eighth of the memory.
   * An accelerator is busy with one.
   *
   * @param wanted {@code train.replicas}; 0 to choose
   * @param threads of libtorch's operators
   * @param memory of the machine in bytes
   */
  public static Split of(
      int wanted, int batch, Placement placement, int threads, long parameters, long memory) {
    if (placement.kind() != Placement.Kind.CPU) {
      return new Split(1, threads);
    }
    if (wanted > 0) {
      int replicas = Math.min(wanted, batch);
      return new Split(replicas, Math.max(1, threads / replicas));
    }
    long affordable = 1 + memory / 8 / (Float.BYTES * Math.max(1, parameters));
    int replicas = (int) Math.min(Math.min(threads, batch), affordable);
    while (batch % replicas != 0) {
      replicas--;
    }
    return new Split(replicas, Math.max(1, threads / replicas));
  }
}
