package io.tubelet.probe;

import org.bytedeco.pytorch.Tensor;

/**
 * What came of fitting all of a probe's settings. Its tensors belong to the scope it was made in.
 */
public interface FittedProbe extends AutoCloseable {
  /**
   * The judgement of each setting, {@code [S, b, C]} natural logarithms of probabilities.
   *
   * @param features {@code [b, V, D]}, of any floating type and place
   */
  Tensor logProbabilities(Tensor features);

  /** How many numbers judging a clip holds at once, by which portions are cut. */
  long valuesPerClip(long views, long width);

  /** Frees what no scope frees. */
  @Override
  default void close() {}
}
