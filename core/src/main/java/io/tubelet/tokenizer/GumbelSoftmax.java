package io.tubelet.tokenizer;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A draw of a word that can be differentiated (https://arxiv.org/abs/1611.01144): the colder, the
 * closer to a single word.
 */
final class GumbelSoftmax {
  /** Smallest number whose logarithm is taken. */
  private static final double TINY = 1e-10;

  private GumbelSoftmax() {}

  /**
   * {@code softmax((scores - ln(-ln(uniform))) / temperature)} over the words.
   *
   * @param scores {@code [n, V, h, w]}
   * @param uniform the same shape, in [0, 1)
   * @return shares of each word, the same shape
   */
  static Tensor shares(Tensor scores, Tensor uniform, double temperature) {
    Tensor gumbel = minusLog(minusLog(uniform));
    return scores.add(gumbel).div(new Scalar(temperature)).softmax(1);
  }

  private static Tensor minusLog(Tensor x) {
    return x.clamp_min(new Scalar(TINY)).log().neg();
  }
}
