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

  /**
   * What all replicas hold beside the first.
   *
   * @param ofOne bytes that a replica holds whatever its stretch of a batch
   */
  public long extraBytes(long ofOne) {
    return (replicas - 1) * ofOne;
  }

  /**
   * As many replicas as there are threads, as far as the batch can be divided evenly and what they
   * hold beside the first takes no more than an eighth of the memory. An accelerator is busy with
   * one.
   *
   * @param wanted {@code train.replicas}; 0 to choose
   * @param threads of libtorch's operators
   * @param ofOne bytes that a replica holds whatever its stretch of a batch
   * @param memory of the machine in bytes
   */
  public static Split of(
      int wanted, int batch, Placement placement, int threads, long ofOne, long memory) {
    if (placement.kind() != Placement.Kind.CPU) {
      return new Split(1, threads);
    }
    if (wanted > 0) {
      int replicas = Math.min(wanted, batch);
      return new Split(replicas, Math.max(1, threads / replicas));
    }
    long affordable = 1 + memory / 8 / Math.max(1, ofOne);
    int replicas = (int) Math.min(Math.min(threads, batch), affordable);
    while (batch % replicas != 0) {
      replicas--;
    }
    return new Split(replicas, Math.max(1, threads / replicas));
  }
}
